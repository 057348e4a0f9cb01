extension MutableSpan where Element: TensorElement {
    /// Returns the elements at these positions, to be written separately.
    ///
    /// This is the only use of the standard library's method, whose name still has an underscore.
    @_lifetime(&self)
    package mutating func part(_ range: Range<Int>) -> MutableSpan<Element> {
        _mutatingExtracting(range)
    }
}
