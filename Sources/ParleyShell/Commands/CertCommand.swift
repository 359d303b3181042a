import ParleyEngine
import ParleyReports
import ParleyTLS

/// `:cert [N|pem]`
struct CertCommand: ShellCommand {
    let name = "cert"
    let arguments = "[N|pem]"
    let help = "the certificates that the server sent, its own first; `pem` to keep them"
    let completes = CommandArgument.words(["pem"])

    func run(_ argument: String, in shell: Shell) async -> ShellResponse {
        let failed = shell.failedHandshake
        var session: LiveSession?
        if failed == nil {
            session = await shell.sessionToShow()
            guard session != nil else { return .mistaken }
        }
        let chain = failed?.certificates ?? session?.certificates ?? []
        guard !chain.isEmpty else {
            return shell.complain("the server has shown no certificate", help: "ehlo, starttls")
        }
        if argument == "pem" {
            let lines = chain.flatMap { $0.pem.split(separator: "\n").map { String($0) } }
            shell.output.show(lines)
            return .done
        }
        let numbers: [Int]
        if argument.isEmpty {
            numbers = Array(chain.indices)
        } else {
            guard let number = Int(argument), chain.indices.contains(number - 1) else {
                return shell.complain(
                    "no certificate ‘\(argument)’",
                    help: "the chain has \(chain.count); `:cert pem` shows it as PEM"
                )
            }
            numbers = [number - 1]
        }
        let now = await shell.live.wallClock()
        shell.output.show { text in
            let value = ValueText(text: text, now: now)
            var lines =
                failed.map { [text.dim(text.safe("of a handshake that failed: \($0.message)"))] }
                ?? []
            for number in numbers {
                if number != numbers[0] { lines.append("") }
                let role = number == 0 ? "the server's own" : "sent with it"
                lines.append(text.bold("\(number + 1) of \(chain.count)") + text.dim("  \(role)"))
                lines += value.lines(of: chain[number])
                lines += value.problems(at: number, of: session?.tls)
            }
            return lines
        }
        return .done
    }
}
