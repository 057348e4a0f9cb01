import Testing

@Suite("The structure that the style checks see in Swift source")
struct SwiftShapeTests {
    static let source = TextFile(
        path: "Sources/Example.swift",
        text: """
            /// Documented.
            @frozen
            public struct First: Sendable {
                func requirement() -> Int
                var count: Int { 1 }
                var size: Int {
                    1
                }

                public static func long(
                    _ value: Int
                ) -> Int {
                    value
                }
            }

            private final class Second {
                init() {
                    class func()
                }
            }
            """)

    @Test func `functions are found with their lengths, one-liners and requirements left out`() {
        let found = SwiftShape.functions(in: Self.source).map { "\($0.name) \($0.lineNumber) \($0.lineCount)" }
        #expect(found == ["size 6 3", "long 10 5", "init 18 3"])
    }

    @Test func `types are found, with and without a doc comment`() {
        let found = SwiftShape.typeDeclarations(in: Self.source).map { "\($0.name) \($0.isDocumented)" }
        #expect(found == ["First true", "Second false"])
    }
}
