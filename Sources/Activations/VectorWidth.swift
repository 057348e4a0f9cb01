import CProcessor
import Synchronization

#if arch(x86_64)
    internal import ActivationsAVX2
    internal import ActivationsAVX512
#endif

/// The vector instructions that evaluations use.
///
/// The same formulas are compiled once for each width; results meet the same bounds at each, but may differ between
/// widths in the last place.
public enum VectorWidth: String, CaseIterable, Sendable, Comparable {
    /// The width that every processor of the architecture has: 128 bits, without fused multiply-add on x86-64.
    case baseline
    /// AVX2 and FMA, 256 bits.
    case avx2
    /// AVX-512 (F, VL, DQ, BW, CD), 512 bits.
    case avx512

    public static func < (left: VectorWidth, right: VectorWidth) -> Bool { left.bits < right.bits }

    private var bits: Int {
        switch self {
        case .baseline: 128
        case .avx2: 256
        case .avx512: 512
        }
    }

    /// The widths that this processor and operating system support, ascending.
    public static let available: [VectorWidth] = allCases.filter(\.isSupported)

    private var isSupported: Bool {
        switch self {
        case .baseline: true
        case .avx2: processor_has_avx2()
        case .avx512: processor_has_avx512()
        }
    }

    private static let chosen = Atomic<Int>(available.max()?.bits ?? VectorWidth.baseline.bits)

    /// The width that new evaluations use, initially the widest available.
    ///
    /// Any thread may read and set it at any time; existing evaluations keep theirs.
    ///
    /// - Precondition: The new width is available.
    public static var current: VectorWidth {
        get {
            let bits = chosen.load(ordering: .relaxed)
            return allCases.first { $0.bits == bits } ?? .baseline
        }
        set {
            precondition(available.contains(newValue), "This processor does not support that vector width.")
            chosen.store(newValue.bits, ordering: .relaxed)
        }
    }

    /// Returns the same function, compiled for this width.
    ///
    /// An activation that is not in the registry is returned unchanged.
    func variant(of activation: any Activation) -> any Activation {
        guard let types = registry, let index = ActivationRegistry.all.firstIndex(where: { $0 == type(of: activation) })
        else { return activation }
        return types[index].init(activation.parameterValues)
    }

    /// The activations compiled for this width, in the order of the registry; nil for the baseline.
    private var registry: [any Activation.Type]? {
        #if arch(x86_64)
            switch self {
            case .baseline: nil
            case .avx2: ActivationsAVX2.ActivationRegistry.all
            case .avx512: ActivationsAVX512.ActivationRegistry.all
            }
        #else
            nil
        #endif
    }
}
