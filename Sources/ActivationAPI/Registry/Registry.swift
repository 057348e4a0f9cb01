import Activations
import Locking

/// The activations that a service offers, with everything about their requests that does not depend on a request.
///
/// It is immutable and shared by reference. Documents are rendered from it on first use.
final class Registry: Sendable {
    /// The activations in the order of the catalogue.
    let activations: [RegisteredActivation]
    /// The targets of evaluate paths, by ``EvaluationTarget/label``.
    let targets: [EvaluationTarget]
    /// The fields that requests for any of the activations have.
    let fields: RequestFields

    private let rendered = Locked<RegistryDocuments?>(nil)

    /// The registry of the library's activations.
    static let standard = Registry(ActivationRegistry.all)

    /// - Precondition: The names are distinct, and there are at most 65,536 targets.
    init(_ types: [any Activation.Type]) {
        var activations: [RegisteredActivation] = []
        var targets: [EvaluationTarget] = []
        let fields = RequestFields(types.flatMap { $0.parameters })
        for type in types {
            let activation = RegisteredActivation(
                type, index: activations.count, firstTarget: targets.count, fields: fields)
            activations.append(activation)
            for operation in activation.operations {
                targets.append(EvaluationTarget(activation, operation, label: UInt16(targets.count)))
            }
        }
        precondition(Set(activations.map(\.name)).count == types.count, "Two activations have the same name.")
        self.activations = activations
        self.targets = targets
        self.fields = fields
    }

    /// Returns the activation with a name, which is compared in place.
    func activation(named name: Span<UInt8>) -> RegisteredActivation? {
        for index in activations.indices where name.equals(activations[index].nameBytes) { return activations[index] }
        return nil
    }

    /// Returns the target of an operation, or nil if the activation does not have it.
    func target(_ operation: Operation, of activation: RegisteredActivation) -> EvaluationTarget? {
        activation.operations.firstIndex(of: operation).map { targets[activation.firstTarget + $0] }
    }

    /// Returns the targets of an activation, in the order of its operations.
    func targets(of activation: RegisteredActivation) -> ArraySlice<EvaluationTarget> {
        targets[activation.firstTarget...].prefix(activation.operations.count)
    }

    /// The documents about the activations that are answered from memory.
    ///
    /// Any thread may access them; the first one renders them.
    var documents: RegistryDocuments {
        rendered.withLock { rendered in
            if let rendered { return rendered }
            let documents = RegistryDocuments(self)
            rendered = documents
            return documents
        }
    }
}

/// The documents about the activations of a registry, which are the same for all services.
struct RegistryDocuments: Sendable {
    /// The answers to `/v1/{activation}`, in the registry's order.
    let entries: [StoredDocument]
    /// The answer to `/openapi.yaml`.
    let openAPIYAML: StoredDocument
    /// The answer to `/openapi.json`.
    let openAPIJSON: StoredDocument

    init(_ registry: Registry) {
        entries = registry.activations.map { StoredDocument(json: Catalogue.detailedEntry($0, in: registry)) }
        let description = OpenAPIDocument(registry)
        openAPIYAML = StoredDocument(description.yaml, type: "application/yaml")
        openAPIJSON = StoredDocument(json: description.document)
    }
}
