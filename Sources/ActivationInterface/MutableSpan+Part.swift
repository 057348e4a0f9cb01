extension MutableSpan where Element: TensorElement {
    /// The elements of those positions, to be written on their own.
    ///
    /// The only place that names the standard library's method, which still goes by an underscored name.
    @_lifetime(&self)
    package mutating func part(_ range: Range<Int>) -> MutableSpan<Element> {
        _mutatingExtracting(range)
    }
}
