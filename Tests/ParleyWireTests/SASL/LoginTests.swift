import ParleyWire
import Testing

/// LOGIN, which no RFC describes: draft-murchison-sasl-login has the prompts.
@Suite struct LoginTests {
    @Test func `name and password follow whatever is asked`() throws {
        for prompts in [["User Name\0", "Password\0"], ["Username:", "Password:"], ["", ""]] {
            var client = LoginMechanism(credentials("tim", "tanstaaf"), SASLContext())
            #expect(client.initialResponse() == nil)
            let name = client.respond(to: bytes(prompts[0]))
            #expect(name == SASLMessage(bytes("tim"), isSecret: false))
            let password = client.respond(to: bytes(prompts[1]))
            #expect(password == SASLMessage(bytes("tanstaaf"), isSecret: true))
            #expect(client.respond(to: []) == nil)
        }
    }

    @Test func `the server asks for both, or for the password alone`() {
        let context = SASLServerContext(accounts: [bytes("tim"): bytes("tanstaaf")])
        var server = LoginServer(context)
        #expect(server.start(nil) == .challenge(decoded("VXNlcm5hbWU6")))
        #expect(server.next(bytes("tim")) == .challenge(decoded("UGFzc3dvcmQ6")))
        #expect(server.next(bytes("tanstaaf")).accepted == credentials("tim", "tanstaaf"))
        var early = LoginServer(context)
        #expect(early.start(bytes("tim")) == .challenge(bytes("Password:")))
        #expect(early.next(bytes("wrong")).refusal?.code == .credentials)
    }
}
