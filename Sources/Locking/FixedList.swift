/// As many elements as it was made with, each in a place of its own for as long as the list exists.
///
/// An element is used where it lies: it need not be copyable, and to look at it counts no reference, as looking at an
/// object in an array does.
@safe
public struct FixedList<Element: ~Copyable>: ~Copyable {
    @usableFromInline let elements: UnsafeMutablePointer<Element>
    public let count: Int

    /// - Parameter element: Makes the element of that index; asked for each in turn.
    public init(count: Int, _ element: (_ index: Int) -> Element) {
        self.count = count
        unsafe elements = .allocate(capacity: count)
        // SAFETY: there is room for `count` elements.
        for index in 0..<count { unsafe (elements + index).initialize(to: element(index)) }
    }

    deinit {
        // SAFETY: all elements were initialized, and nobody looks at one any more.
        unsafe elements.deinitialize(count: count)
        unsafe elements.deallocate()
    }

    /// - Precondition: There is such an element.
    @inlinable
    public subscript(index: Int) -> Element {
        @inline(__always)
        unsafeAddress {
            precondition(index >= 0 && index < count, "There is such an element.")
            // SAFETY: all elements are initialized, and none is changed before the list's end.
            return unsafe UnsafePointer(elements + index)
        }
    }
}

// SAFETY: nobody changes the list, so threads may look at its elements together where they may look at one of these.
extension FixedList: @unchecked Sendable where Element: Sendable & ~Copyable {}
