/// The `Date` field line, computed once a second and without a locale (RFC 9110 §5.6.7 and §6.6.1).
struct DateField {
    private var unixSeconds = Int.min
    /// `Date: Sun, 06 Nov 1994 08:49:37 GMT`, with its CRLF.
    private(set) var line: [UInt8] = []

    private static let weekdays = Array("SunMonTueWedThuFriSat".utf8)
    private static let months = Array("JanFebMarAprMayJunJulAugSepOctNovDec".utf8)

    init() { update(unixSeconds: 0) }

    /// Renders the line again if the second has changed.
    ///
    /// - Returns: Whether it has been rendered.
    @discardableResult
    mutating func update(unixSeconds seconds: Int) -> Bool {
        guard seconds != unixSeconds else { return false }
        unixSeconds = seconds
        let day = (seconds >= 0 ? seconds : seconds - 86_399) / 86_400
        let secondOfDay = seconds - day * 86_400
        let (year, month, dayOfMonth) = Self.civilDate(daysSince1970: day)
        let weekday = ((day + 4) % 7 + 7) % 7
        line = Array("Date: ".utf8)
        line += Self.weekdays[weekday * 3..<weekday * 3 + 3]
        line += ", ".utf8
        append(dayOfMonth)
        line += " ".utf8
        line += Self.months[month * 3 - 3..<month * 3]
        line += " ".utf8
        append(year / 100)
        append(year % 100)
        line += " ".utf8
        append(secondOfDay / 3_600)
        line += ":".utf8
        append(secondOfDay / 60 % 60)
        line += ":".utf8
        append(secondOfDay % 60)
        line += " GMT\r\n".utf8
        return true
    }

    private mutating func append(_ twoDigits: Int) {
        line.append(UInt8(0x30 + twoDigits / 10 % 10))
        line.append(UInt8(0x30 + twoDigits % 10))
    }

    /// Returns the Gregorian date of a day, by Howard Hinnant's `civil_from_days`: years begin in March, so that the
    /// leap day is the last of its year.
    static func civilDate(daysSince1970: Int) -> (year: Int, month: Int, day: Int) {
        let shifted = daysSince1970 + 719_468
        let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
        let dayOfEra = shifted - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let shiftedMonth = (5 * dayOfYear + 2) / 153
        let day = dayOfYear - (153 * shiftedMonth + 2) / 5 + 1
        let month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
        return (yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, day)
    }
}
