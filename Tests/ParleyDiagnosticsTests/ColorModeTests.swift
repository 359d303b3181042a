import ParleyDiagnostics
import Testing

@Suite struct ColorModeTests {
    private func resolve(
        _ mode: ColorMode,
        _ environment: [String: String] = [:],
        isTerminal: Bool
    ) -> Bool {
        mode.resolve(variable: { environment[$0] }, isTerminal: isTerminal)
    }

    @Test func `the option decides before the environment`() {
        #expect(resolve(.always, ["NO_COLOR": "1"], isTerminal: false))
        #expect(!resolve(.never, ["CLICOLOR_FORCE": "1"], isTerminal: true))
    }

    @Test func `without an option, terminals are coloured`() {
        #expect(resolve(.auto, isTerminal: true))
        #expect(!resolve(.auto, isTerminal: false))
    }

    @Test func `the environment forbids and demands`() {
        #expect(!resolve(.auto, ["NO_COLOR": "1"], isTerminal: true))
        #expect(!resolve(.auto, ["NO_COLOR": "1", "CLICOLOR_FORCE": "1"], isTerminal: true))
        #expect(resolve(.auto, ["NO_COLOR": ""], isTerminal: true))
        #expect(resolve(.auto, ["CLICOLOR_FORCE": "1"], isTerminal: false))
        #expect(!resolve(.auto, ["CLICOLOR_FORCE": "0"], isTerminal: false))
        #expect(!resolve(.auto, ["CLICOLOR": "0"], isTerminal: true))
        #expect(resolve(.auto, ["CLICOLOR": "1"], isTerminal: true))
        #expect(!resolve(.auto, ["TERM": "dumb"], isTerminal: true))
    }
}
