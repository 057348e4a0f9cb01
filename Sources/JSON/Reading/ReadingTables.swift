/// Where the tables that reading numbers takes are in memory.
@safe
struct ReadingTables {
    /// ``PowersOfTen/table``.
    let powers: UnsafePointer<UInt64>
    /// ``Digits/powersOfTen``.
    let smallPowers: UnsafePointer<UInt64>
    /// ``FractionForm/all``.
    let fractionForms: UnsafePointer<FractionForm>
    /// ``FractionUnit/all``.
    let fractionUnits: UnsafePointer<FractionUnit>

    /// Calls `body` with pointers that are good for the time of the call.
    @inline(__always)
    static func with(_ body: (ReadingTables) -> Void) {
        // Sound: the pointers stay in these closures.
        unsafe PowersOfTen.table.withUnsafeBufferPointer { powers in
            unsafe Digits.powersOfTen.withUnsafeBufferPointer { smallPowers in
                unsafe FractionForm.all.withUnsafeBufferPointer { forms in
                    unsafe FractionUnit.all.withUnsafeBufferPointer { units in
                        guard let powers = powers.baseAddress, let smallPowers = smallPowers.baseAddress,
                            let forms = forms.baseAddress, let units = units.baseAddress
                        else { return }
                        body(
                            unsafe ReadingTables(
                                powers: powers, smallPowers: smallPowers, fractionForms: forms, fractionUnits: units))
                    }
                }
            }
        }
    }
}
