import Testing

@Suite struct SurveyErrorTests {
    @Test(arguments: [
        ("tls offer mx.test as t", "script.verb.argument"),
        ("tls offers mx.test imap as t", "script.verb.argument"),
        ("tls offers", "script.verb.usage"),
        ("tls offers mx.test smtp 25 as t", "script.verb.usage"),
        ("tls offers mx.test => 220", "script.verb.tail"),
        ("tls offers mx.test as t\n    expect t.cyphers contains \"x\"", "script.name.field"),
        ("tls offers mx.test as t\n    expect t.versions contains 1.2", "script.type.mismatch"),
    ])
    func `slips are told before anything is sent`(_ line: String, _ code: String) {
        let found = complaintsInTest(line)
        #expect(found.contains { $0.hasPrefix(code + "@") }, "\(found)")
    }
}
