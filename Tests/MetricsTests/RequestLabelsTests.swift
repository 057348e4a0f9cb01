import Testing

@testable import Metrics

@Suite struct RequestLabelsTests {
    @Test func eachStatusAndMethodIsCountedUnderItsOwnName() {
        let counts = RouteCounts(methods: MethodLabel.known)
        #expect(StatusLabel.names.count == counts.statuses.count)
        #expect(MethodLabel.names.count == counts.methods.count)
        for (position, name) in StatusLabel.names.enumerated() {
            guard let status = Int(name) else { continue }
            #expect(StatusLabel.position(status) == position)
        }
        for status in 100...599 where !StatusLabel.names.contains("\(status)") {
            #expect(StatusLabel.names[StatusLabel.position(status)] == "_OTHER")
        }
        for method in MethodLabel.known { #expect(MethodLabel.names[MethodLabel.position(method)] == method.rawValue) }
        #expect(MethodLabel.names[MethodLabel.other] == "_OTHER")
    }
}
