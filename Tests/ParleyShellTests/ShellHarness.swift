import ParleyNetwork
import ParleyReports
import ParleyShell
import Synchronization

/// A shell whose lines are kept.
final class ShellHarness {
    private static let network = SystemNetwork(loopCount: 1)

    private let written: Lines
    let shell: Shell

    private final class Lines: Sendable {
        let all = Mutex<[String]>([])
    }

    /// A polite server, started and connected to.
    static let connected = [
        """
        server mx smtp on 127.0.0.1:auto name mx.test {
            on ehlo => 250 "mx.test" offers [SIZE 1000, STARTTLS, AUTH PLAIN]
            on rcpt /^no/ => 550 5.1.1 "User unknown"
        }
        """,
        "start mx",
        "connect smtp ${mx.address} name mx.test",
    ]

    init(_ change: (inout ShellConfiguration) -> Void = { _ in }) async {
        var configuration = ShellConfiguration()
        configuration.explain = { $0 == "smtp.reply" ? ["the reply was another one"] : nil }
        change(&configuration)
        let written = Lines()
        self.written = written
        shell = await Shell(network: Self.network, configuration: configuration) { lines in
            written.all.withLock { $0 += lines }
        }
    }

    /// Types inputs; the last one's response.
    @discardableResult
    func type(_ inputs: String...) async -> ShellResponse { await type(inputs) }

    /// Types inputs; the last one's response.
    @discardableResult
    func type(_ inputs: [String]) async -> ShellResponse {
        var response = ShellResponse.done
        for input in inputs { response = await shell.submit(input) }
        return response
    }

    /// What was shown since the last time.
    func taken() -> String {
        written.all.withLock { lines in
            defer { lines = [] }
            return lines.joined(separator: "\n")
        }
    }
}
