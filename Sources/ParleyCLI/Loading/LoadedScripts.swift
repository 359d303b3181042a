import Parley
import ParleyDiagnostics
import ParleyEngine
import ParleyReports

/// Scripts of the command line, read and checked before anything is sent.
struct LoadedScripts {
    /// The scripts in the order of their paths; `nil` if any of them cannot run.
    let all: [Script]?

    /// Reads and checks scripts, and tells what is wrong with them.
    init(_ paths: [String], colors: ColorMode, keepsStops: Bool = false) {
        let loader = ScriptLoader(keepsStops: keepsStops)
        let loaded = paths.map { loader.load($0) }
        let diagnostics = loaded.flatMap(\.diagnostics)
        if !diagnostics.isEmpty {
            let style = TerminalSettings(of: .error, color: colors)
            StandardStream.error.write(style.diagnosticRenderer.render(diagnostics))
        }
        for failure in loaded.compactMap(\.failure) {
            StandardStream.error.write("parley: \(failure)\n")
        }
        let scripts = loaded.compactMap(\.script)
        all = scripts.count == loaded.count ? scripts : nil
    }
}
