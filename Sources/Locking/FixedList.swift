/// A list of fixed length whose elements keep their addresses for as long as the list exists.
///
/// Elements are accessed in place: they need not be copyable, and an access retains no reference, unlike one to an
/// object in an array.
@safe
public struct FixedList<Element: ~Copyable>: ~Copyable {
    @usableFromInline let elements: UnsafeMutablePointer<Element>
    public let count: Int

    /// - Parameter element: Creates the element at an index; called once for each index in ascending order.
    public init(count: Int, _ element: (_ index: Int) -> Element) {
        self.count = count
        unsafe elements = .allocate(capacity: count)
        // SAFETY: there is room for `count` elements.
        for index in 0..<count { unsafe (elements + index).initialize(to: element(index)) }
    }

    deinit {
        // SAFETY: all elements were initialized, and the last reference to the list is gone.
        unsafe elements.deinitialize(count: count)
        unsafe elements.deallocate()
    }

    /// - Precondition: `index` is in `0..<count`.
    @inlinable
    public subscript(index: Int) -> Element {
        @inline(__always)
        unsafeAddress {
            precondition(index >= 0 && index < count, "The index is out of bounds.")
            // SAFETY: all elements are initialized, and they do not change before the list is destroyed.
            return unsafe UnsafePointer(elements + index)
        }
    }
}

// SAFETY: the list is immutable, so threads may share it if they may share an element.
extension FixedList: @unchecked Sendable where Element: Sendable & ~Copyable {}
