import Activations
import Locking

/// The activations that a service offers, with everything about requests for them that does not depend on a request.
///
/// Immutable, and shared by reference. What is rendered from it is rendered when first asked for.
final class Registry: Sendable {
    /// In the order of the catalogue.
    let activations: [RegisteredActivation]
    /// What evaluate paths name, by ``EvaluationTarget/label``.
    let targets: [EvaluationTarget]
    /// The fields that requests for any of them have.
    let fields: RequestFields

    private let rendered = Locked<RegistryDocuments?>(nil)

    /// The activations of the library.
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
        precondition(Set(activations.map(\.name)).count == types.count, "The names of activations are distinct.")
        self.activations = activations
        self.targets = targets
        self.fields = fields
    }

    /// The activation with a name, which is compared where it lies.
    func activation(named name: Span<UInt8>) -> RegisteredActivation? {
        for index in activations.indices where name.equals(activations[index].nameBytes) { return activations[index] }
        return nil
    }

    /// The target of an operation; nil if the activation does not have it.
    func target(_ operation: Operation, of activation: RegisteredActivation) -> EvaluationTarget? {
        activation.operations.firstIndex(of: operation).map { targets[activation.firstTarget + $0] }
    }

    /// The targets of an activation, in the order of its operations.
    func targets(of activation: RegisteredActivation) -> ArraySlice<EvaluationTarget> {
        targets[activation.firstTarget...].prefix(activation.operations.count)
    }

    /// What is answered from memory about the activations.
    ///
    /// Any thread may ask; the first one renders.
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
    /// `/v1/{activation}`, in the registry's order.
    let entries: [StoredDocument]
    /// `/openapi.yaml`.
    let openAPIYAML: StoredDocument
    /// `/openapi.json`.
    let openAPIJSON: StoredDocument

    init(_ registry: Registry) {
        entries = registry.activations.map { StoredDocument(json: Catalogue.detailedEntry($0, in: registry)) }
        let description = OpenAPIDocument(registry)
        openAPIYAML = StoredDocument(description.yaml, type: "application/yaml")
        openAPIJSON = StoredDocument(json: description.document)
    }
}
