/// Holds the addresses of the tables that are used to read numbers.
@safe
struct ReadingTables {
    /// The address of ``PowersOfTen/table``.
    let powers: UnsafePointer<UInt64>
    /// The address of ``Digits/powersOfTen``.
    let smallPowers: UnsafePointer<UInt64>
    /// The address of ``FractionForm/all``.
    let fractionForms: UnsafePointer<FractionForm>
    /// The address of ``FractionUnit/all``.
    let fractionUnits: UnsafePointer<FractionUnit>

    /// Calls `body` with pointers that are valid during the call.
    @inline(__always)
    static func with(_ body: (ReadingTables) -> Void) {
        // SAFETY: the pointers do not leave these closures.
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
