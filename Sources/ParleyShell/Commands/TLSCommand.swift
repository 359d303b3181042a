import ParleyEngine
import ParleyWire

/// `:tls`
struct TLSCommand: ShellCommand {
    let name = "tls"
    let help = "what the handshake agreed on, and what is wrong with it"

    func run(_ argument: String, in shell: Shell) async -> ShellResponse {
        guard let session = await shell.sessionToShow() else { return .failed }
        guard let tls = session.tls else {
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
}
