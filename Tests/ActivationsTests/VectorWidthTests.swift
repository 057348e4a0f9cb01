import Foundation
import Testing

@testable import Activations

/// Tests which vector widths this processor has, and that each runs its own code.
///
/// Tests "at every vector width" run at the widths of the processor they run on; the first test here names these, so
/// that a run without one of them is not mistaken for a run with it.
struct VectorWidthTests {
    @Test("The widths under test are printed, and so are those that this processor lacks")
    func told() {
        let missing = VectorWidth.allCases.filter { !VectorWidth.available.contains($0) }
        print("Vector widths tested: \(names(VectorWidth.available)). Lacking here: \(names(missing)).")
        #expect(VectorWidth.available.first == .baseline)
        #expect(VectorWidth.available == VectorWidth.available.sorted())
        #expect(VectorWidth.available.contains(.current))
    }

    private func names(_ widths: [VectorWidth]) -> String {
        widths.isEmpty ? "none" : widths.map(\.rawValue).joined(separator: ", ")
    }

    #if arch(x86_64)
        static let modules: [(VectorWidth, module: String)] = [
            (.baseline, "Activations"), (.avx2, "ActivationsAVX2"), (.avx512, "ActivationsAVX512"),
        ]

        @Test("Each width has its own module's functions, whether the processor runs them or not", arguments: modules)
        func variants(_ width: VectorWidth, module: String) {
            for type in ActivationRegistry.all {
                let variant = width.variant(of: type.init(ParameterValues()))
                #expect(String(reflecting: Swift.type(of: variant)) == "\(module).\(type)")
            }
        }

        @Test("No width is overlooked that the kernel's list of the processor's features has")
        func featuresOfTheKernel() throws {
            let text = try String(contentsOfFile: "/proc/cpuinfo", encoding: .utf8)
            let line = try #require(text.split(separator: "\n").first { $0.hasPrefix("flags") })
            let features = Set(line.split(separator: " "))
            #expect(VectorWidth.available.contains(.avx2) == features.isSuperset(of: ["avx2", "fma", "bmi2", "movbe"]))
            let subsets: Set<Substring> = ["avx512f", "avx512vl", "avx512dq", "avx512bw", "avx512cd"]
            #expect(VectorWidth.available.contains(.avx512) == features.isSuperset(of: subsets))
        }
    #endif
}
