import Foundation
import ParleyEngine
import ParleyShell
import Testing

/// Passwords that are typed in lines for the wire.
@Suite struct RawLoginTests {
    private static let server = """
        server mx smtp on 127.0.0.1:auto {
            user tour "wonderland"
            on ehlo => 250 "mx.test" offers [AUTH PLAIN LOGIN]
            on vrfy => 250 "tour had wonderland"
        }
        """

    /// Everything that is shown and kept of a conversation.
    private func everything(_ inputs: String...) async throws -> String {
        let server = await ShellHarness()
        await server.type(Self.server, "start mx")
        _ = server.taken()
        await server.type("mx.address")
        let address = server.taken().filter { $0 != "\"" }
        let talk = await ShellHarness()
        await talk.type("connect smtp \(address)", "ehlo a.test")
        _ = talk.taken()
        for input in inputs {
            if talk.shell.mayRemember(input), !input.hasPrefix(":") {
                #expect(!input.contains("d29uZGVybGFuZA"), "\(input) would be remembered")
            }
            await talk.type(input)
        }
        let folder = NSTemporaryDirectory() + "parley-raw-\(UUID().uuidString)"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        if talk.shell.prompt.contains("[raw]") { await talk.type(".") }
        await talk.type(":history", ":transcript \(folder)/t", ":record \(folder)/r")
        #expect(await talk.type(":save \(folder)/s") == .done, "\(talk.taken())")
        var text = talk.taken()
        for name in ["t", "r", "s.parley"] {
            text +=
                try "\n## " + name + "\n"
                + String(contentsOfFile: folder + "/" + name, encoding: .utf8)
        }
        await talk.shell.close()
        await server.shell.close()
        return text
    }

    @Test func `a line that logs in never shows its secret`() async throws {
        let text = try await everything(
            "send \"AUTH PLAIN AHRvdXIAd29uZGVybGFuZA==\"",
            "receive reply",
            "vrfy x",
            "noop tour"
        )
        #expect(text.contains("C AUTH PLAIN ‹secret›") && text.contains("tour had ‹secret›"))
        #expect(!text.contains("AHRvdXI") && !text.contains("wonderland"), "\(text)")
        #expect(text.contains("C NOOP tour"), "\(text)")
    }

    @Test func `what answers a challenge is secret, raw and as a statement`() async throws {
        let raw = try await everything(
            ":raw",
            "AUTH LOGIN",
            "dG91cg==",
            "d29uZGVybGFuZA==",
            "VRFY x",
            "NOOP tour"
        )
        #expect(raw.contains("S 235") && raw.contains("C NOOP tour"), "\(raw)")
        #expect(raw.contains("tour had ‹secret›"), "\(raw)")
        #expect(!raw.contains("dG91cg") && !raw.contains("d29uZGVybGFuZA"), "\(raw)")
        let typed = try await everything(
            "send AUTH LOGIN",
            "receive reply => 334",
            "send dG91cg==",
            "receive reply => 334",
            "send \"d29uZGVybGFuZA==\"",
            "receive reply => 235",
            "vrfy x"
        )
        #expect(typed.contains("send ‹secret›") && typed.contains("S 235"), "\(typed)")
        #expect(!typed.contains("dG91cg") && !typed.contains("d29uZGVybGFuZA"), "\(typed)")
    }

    @Test(arguments: [
        "auth plain u tour wonderland \"wonderland\" more", "auth plain tour wonderland zzz",
        "auth plian tour wonderland", "auth plain tour wonderland =>",
        "send \"AUTH PLAIN wonderland\" => 99", "atuh plain tour wonderland",
        "secret pw = wonderland", "secret pw = \"wonderland\"", ":raw AUTH PLAIN wonderland",
    ])
    func `an excerpt of a wrong line shows no password`(_ input: String) async {
        let talk = await ShellHarness()
        await talk.type(Self.server, "start mx", "connect smtp ${mx.address}", "ehlo a.test")
        _ = talk.taken()
        #expect(await talk.type(input).isFailure)
        let shown = talk.taken()
        #expect(!shown.contains("wonderland"), "\(shown)")
        await talk.type(":history /secret/")
        let listed = talk.taken()
        #expect(listed.contains("‹secret›") && !listed.contains("wonderland"), "\(listed)")
        await talk.shell.close()
    }

    @Test func `a short secret is taken at a prompt, with a warning`() async {
        let talk = await ShellHarness { $0.options.prompt = { _ in .typed(Array("abc".utf8)) } }
        await talk.type(
            Self.server,
            "start mx",
            "connect smtp ${mx.address}",
            "ehlo a.test"
        )
        #expect(await talk.type("secret pin = prompt \"PIN\"") == .done, "\(talk.taken())")
        #expect(talk.taken().contains("fewer than four octets"))
        await talk.type("log \"it is ${pin}\"", "send NOOP ${pin} => 250")
        let shown = talk.taken()
        #expect(shown.contains("C ‹secret›") && !shown.contains("abc"), "\(shown)")
        let other = await ShellHarness { $0.options.environment["PIN"] = "abc" }
        #expect(await other.type("secret pin = env PIN").isFailure)
    }
}
