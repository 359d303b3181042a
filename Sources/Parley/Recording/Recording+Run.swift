import ParleyDiagnostics
package import ParleyEngine
import ParleyNetwork
import ParleySemantics

extension Recording {
    /// The recording of a script's run.
    ///
    /// - Parameters:
    ///   - options: how it was run: values of parameters and the profile are part of it.
    ///   - tests: how many tests ran.
    /// - Throws: ``RecordingProblem``, as ``init(of:path:recorder:parameters:servers:script:)``.
    package init(
        of script: Script,
        path: String,
        recorder: Recorder,
        options: RunOptions,
        tests: Int
    ) throws(RecordingProblem) {
        guard let source = script.checked.sources.first else {
            throw RecordingProblem("there is no script")
        }
        let isRepeated = options.retries > 0 || script.checked.tests.contains { $0.retries > 0 }
        try self.init(
            of: FilePath.last(of: script.path),
            path: path,
            recorder: recorder,
            parameters: script.checked.parameters.compactMap { parameter in
                Self.value(of: parameter, options).map { (parameter.variable.name, $0) }
            },
            servers: recorder.servers(
                of: script.path,
                isSingle: tests == 1 && !isRepeated,
                otherNames: Set(script.checked.servers.map(\.name))
            ),
            script: String(decoding: source.bytes, as: UTF8.self)
        )
    }

    /// The value that a run gave a parameter, as a word; `nil` where the script's own holds.
    private static func value(of parameter: CheckedParameter, _ options: RunOptions) -> String? {
        let name = parameter.variable.name
        if let set = options.parameters.last(where: { $0.name == name }) {
            return StringLiteral.quoted(set.value.utf8)
        }
        if let value = options.environment[RunOptions.environmentName(of: name)] {
            return StringLiteral.quoted(value.utf8)
        }
        guard let profile = options.profile, let value = parameter.profiles[profile] else {
            return nil
        }
        return value.place.source.text(value.place.range)
    }
}
