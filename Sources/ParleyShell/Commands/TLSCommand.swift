import ParleyEngine
import ParleyWire

/// `:tls`
struct TLSCommand: ShellCommand {
    let name = "tls"
    let help = "what the handshake agreed on, and what is wrong with it"

    func run(_ argument: String, in shell: Shell) async -> ShellResponse {
        if let failed = shell.failedHandshake {
            return Self.tellFailure(failed.message, failed.reason, in: shell)
        }
        guard let session = await shell.sessionToShow() else { return .mistaken }
        guard let tls = session.tls else {
            if let reason = session.endingReason, reason.hasPrefix("tls.") {
                return Self.tellFailure(session.ending ?? "", reason, in: shell)
            }
            let isOffered = session.capabilities?.offersStartTLS
            return shell.complain(
                "the session is not under TLS",
                help: isOffered == true
                    ? "the server offers it: starttls"
                    : isOffered == false ? "the server does not offer STARTTLS" : "ehlo, starttls"
            )
        }
        shell.output.show { ValueText(text: $0).lines(of: tls) }
        return .done
    }

    private static func tellFailure(
        _ message: String,
        _ reason: String,
        in shell: Shell
    ) -> ShellResponse {
        shell.complain(
            "TLS failed: \(message) [\(reason)]",
            help: "`:cert` shows what the server sent; `:explain \(reason)` tells more"
        )
    }
}
