import Activations
import HTTP
import JSON

/// The query of a picture: `?from=-4&to=4&alpha=0.2&theme=dark`, each item optional.
struct PlotRequest: Sendable {
    private let activation: RegisteredActivation
    private(set) var range = PlotRequest.rangeDefault
    private(set) var theme = PlotTheme.auto
    private(set) var values = ParameterValues()

    /// The largest absolute value of an end of the axis, so that tick labels fit.
    static let magnitudeMax = 1e6
    static let lengthMin = 1e-3
    static let rangeDefault = PlotRange(lower: -6, upper: 6)

    /// - Throws: The problem with the query, naming the item.
    init(_ query: Span<UInt8>?, of activation: RegisteredActivation) throws(Problem) {
        self.activation = activation
        var lower = range.lower
        var upper = range.upper
        var seen: [String] = []
        for (name, value) in try QueryItems.read(query) {
            if seen.contains(name) {
                throw Problem(.duplicateField, "\(quoted(name)) is given twice.", parameter: name)
            }
            seen.append(name)
            if name == "from" {
                lower = try Self.number(value, of: name)
            } else if name == "to" {
                upper = try Self.number(value, of: name)
            } else if name == "theme" {
                theme = try Self.theme(value)
            } else if let parameter = activation.parameters.first(where: { $0.name == name }) {
                values.set(parameter, to: try Self.value(value, of: parameter))
            } else {
                throw Self.unknown(name, of: activation)
            }
        }
        if let conflict = activation.type.conflict(among: values) {
            let given = activation.parameters.map(\.name).filter(seen.contains)
            throw Problem(.invalidParameter, conflict.rule, parameter: conflict.offender(given: given))
        }
        guard max(abs(lower), abs(upper)) <= Self.magnitudeMax, upper - lower >= Self.lengthMin else {
            throw Problem(
                .invalidParameter,
                "from and to must be between -1000000 and 1000000, and to at least 0.001 above from.",
                parameter: seen.contains("to") ? "to" : "from")
        }
        range = PlotRange(lower: lower, upper: upper)
    }

    private static func unknown(_ name: String, of activation: RegisteredActivation) -> Problem {
        let known = ["from", "to", "theme"] + activation.parameters.map(\.name)
        if activation.fields.named(name) != nil {
            return .doesNotApply(name, toPath: "/v1/\(activation.name)/plot.svg", accepting: known, parameter: name)
        }
        return Problem(
            .unknownField,
            "\(quoted(name)) is not one of: \(known.joined(separator: ", "))." + NearestName.hint(for: name, in: known),
            parameter: name)
    }

    private static func number(_ text: String, of name: String) throws(Problem) -> Double {
        switch JSONNumber.read(Array(text.utf8).span) {
        case .number(let number) where number.value.isFinite: return number.value
        case .outOfRange:
            throw Problem(.numberOutOfRange, "\(quoted(text)) is too large for float64.", parameter: name)
        case .number: throw Problem(.invalidParameter, "\(name) is a finite number.", parameter: name)
        case .malformed: throw Problem(.wrongType, "\(quoted(text)) is not a number.", parameter: name)
        }
    }

    private static func value(_ text: String, of parameter: Parameter) throws(Problem) -> ParameterValue {
        let given: RawParameterValue
        switch parameter.kind {
        case .number, .integer: given = .number(DecimalNumber(try number(text, of: parameter.name)))
        case .choice: given = .word(text)
        }
        do { return try parameter.value(given, in: .float64) } catch {
            throw Problem(error.type, error.detail, parameter: parameter.name)
        }
    }

    private static func theme(_ text: String) throws(Problem) -> PlotTheme {
        guard let theme = PlotTheme(rawValue: text) else {
            let names = PlotTheme.allCases.map(\.rawValue).joined(separator: ", ")
            throw Problem(.invalidParameter, "theme is one of \(names).", parameter: "theme")
        }
        return theme
    }

    /// Returns the tag of everything that the picture depends on.
    func tag(_ configuration: ServiceConfiguration) -> EntityTag {
        var tag = EntityTag()
        tag.combine("image/svg+xml".utf8)
        tag.combine("identity".utf8)
        tag.combine(activation.nameBytes)
        tag.combine(theme.rawValue.utf8)
        for number in [range.lower, range.upper] { tag.combine(PlotNumber.text(number).utf8) }
        for parameter in activation.parameters { tag.combine(values[parameter].text.utf8) }
        tag.combine(ServiceVersion.current.utf8)
        tag.combine(configuration.vectorWidth.utf8)
        return tag
    }

    /// The policy lets a picture load and run nothing, whatever it is embedded in.
    static func fields(tag: EntityTag, isPrivate: Bool) -> ResponseFields {
        ResponseFields([
            "Content-Type": "image/svg+xml",
            "Cache-Control": isPrivate ? "private, max-age=3600" : "public, max-age=3600",
            "ETag": tag.fieldValue,
            "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'",
            "X-Content-Type-Options": "nosniff",
        ])
    }

    /// The most memory that drawing a picture takes, including its text, in bytes.
    static let heldByteCountMax = 131_072

    func response(fields: ResponseFields) -> Response {
        let plot = Plot(of: activation.type, values, over: range)
        return Response(.ok, fields: fields, body: .bytes(Array(PlotDrawing(plot, theme: theme).svg.utf8)))
    }
}
