import Testing

@testable import HTTP

@Suite struct RequestIDTests {
    @Test(arguments: ["a", "0af7651916cd43dd-1f", "!#$%&'*+-.^_`|~", String(repeating: "x", count: 128)])
    func aSaneNameIsTakenOver(name: String) {
        #expect(RequestID(Array(name.utf8).span)?.description == name)
    }

    @Test(arguments: ["", "a b", "a\"", "a,b", "a\\", "é", "a\u{1}", "{}", String(repeating: "x", count: 129)])
    func anythingElseIsNot(name: String) {
        #expect(RequestID(Array(name.utf8).span) == nil)
    }

    @Test func madeNamesAreTheirNumbersInHexadecimal() {
        for shift in 0..<64 {
            let power: UInt64 = 1 << shift
            for number in [power, power - 1, 0xFEDC_BA98_7654_3210 >> UInt64(shift)] {
                let expected = String(number, radix: 16)
                #expect(RequestID.made(prefix: 0, number: number).description == "0000000000000000-\(expected)")
                let prefix = String(repeating: "0", count: 16 - expected.count) + expected
                #expect(RequestID.made(prefix: number, number: 10).description == "\(prefix)-a")
            }
        }
    }

    @Test func madeNamesHaveTheLoopsPrefixAndACount() {
        var source = RequestIDSource(prefix: 0xAB)
        #expect(source.next().description == "00000000000000ab-1")
        for _ in 0..<14 { _ = source.next() }
        #expect(source.next().description == "00000000000000ab-10")
        #expect(RequestID.made(prefix: .max, number: .max).description == "ffffffffffffffff-ffffffffffffffff")
    }
}

@Suite struct TraceContextTests {
    private func context(_ field: String) -> TraceContext? { TraceContext(Array(field.utf8).span) }

    @Test func aTraceparentNamesTraceSpanAndSampling() {
        let context = context("00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01")
        #expect(context?.traceID == "0af7651916cd43dd8448eb211c80319c")
        #expect(context?.parentID == "b7ad6b7169203331")
        #expect(context?.isSampled == true)
        #expect(self.context("00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-02")?.isSampled == false)
    }

    @Test func aLaterVersionMayGoOnBehindADash() {
        #expect(context("cc-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01-what-comes") != nil)
        #expect(context("cc-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01.what") == nil)
        #expect(context("00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01-what") == nil)
    }

    @Test(arguments: [
        "", "00", "ff-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
        "00-0AF7651916CD43DD8448EB211C80319C-b7ad6b7169203331-01",
        "00-00000000000000000000000000000000-b7ad6b7169203331-01",
        "00-0af7651916cd43dd8448eb211c80319c-0000000000000000-01",
        "00-0af7651916cd43dd8448eb211c80319g-b7ad6b7169203331-01",
        "00_0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
        "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-0",
    ])
    func oneThatBreaksARuleIsIgnored(field: String) {
        #expect(context(field) == nil)
    }
}
