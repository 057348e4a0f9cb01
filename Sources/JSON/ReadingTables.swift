/// Where the tables that reading numbers takes are in memory.
@safe
struct ReadingTables {
    /// ``PowersOfTen/table``.
    let powers: UnsafePointer<UInt64>
    /// ``Digits/powersOfTen``.
    let smallPowers: UnsafePointer<UInt64>
    /// ``SixteenBytesMasks/all``.
    let masks: UnsafePointer<UInt8>

    /// Calls `body` with pointers that are good for the time of the call.
    @inline(__always)
    static func with(_ body: (ReadingTables) -> Void) {
        // Sound: the pointers stay in these closures.
        unsafe PowersOfTen.table.withUnsafeBufferPointer { powers in
            unsafe Digits.powersOfTen.withUnsafeBufferPointer { smallPowers in
                unsafe SixteenBytesMasks.all.withUnsafeBufferPointer { masks in
                    guard let powers = powers.baseAddress, let smallPowers = smallPowers.baseAddress,
                        let masks = masks.baseAddress
                    else { return }
                    body(unsafe ReadingTables(powers: powers, smallPowers: smallPowers, masks: masks))
                }
            }
        }
    }
}
