import ParleySyntax

/// How the statements of the language are written, for `:help`.
enum StatementForms {
    /// The forms of the statements that begin with a word; none if it begins none.
    static func forms(of word: String) -> [String] { table[word] ?? [] }

    /// Words that begin a statement, read words, and are no verbs of a protocol: with a line each.
    static let wordStatements: [(word: String, help: String)] = [
        ("connect", "open a session and demand its greeting"),
        ("close", "end a session without a farewell"),
        ("send", "send a line, or octets, as they are"),
        ("receive", "read a reply, a line, octets, or up to a pattern"),
        ("start", "start a scripted server"),
        ("stop", "stop a scripted server"),
        ("signal", "tell servers and branches that something happened"),
        ("await", "wait for a signal"),
        ("tls", "find out what a server offers of TLS"),
    ]

    private static let table: [String: [String]] = [
        "use": ["use \"FILE\" [with NAME = VALUE, …]"],
        "replay": ["replay [with NAME = VALUE, …]"],
        "profile": ["profile NAME {", "    PARAM = VALUE", "}"],
        "param": ["param NAME[: KIND] [= VALUE]"],
        "secret": [
            "secret NAME = env VARIABLE", "secret NAME = file PATH",
            "secret NAME = prompt \"TEXT\"", "secret NAME = credential NAME",
        ],
        "cases": ["cases NAME in LIST"],
        "defaults": ["defaults {", "    reply = 30s", "}"],
        "timeouts": ["timeouts rfc5321"],
        "dialogue": ["dialogue NAME(ARGUMENT, …) {", "    …", "}"],
        "suite": ["suite \"TITLE\" {", "    …", "}"],
        "before": ["before each {", "    …", "}"],
        "after": ["after each {", "    …", "}"],
        "test": ["test \"TITLE\" [tags [A, B]] [timeout DURATION] {", "    …", "}"],
        "let": ["let NAME = EXPRESSION"],
        "server": ["server NAME smtp on 127.0.0.1:auto {", "    on VERB => REPLY", "}"],
        "expect": ["expect CONDITION [\"MESSAGE\"] [else warn]"],
        "require": ["require CONDITION [\"MESSAGE\"]"],
        "fail": ["fail \"MESSAGE\""],
        "warn": ["warn \"MESSAGE\""],
        "skip": ["skip \"MESSAGE\""],
        "log": ["log \"TEXT ${EXPRESSION}\""],
        "measure": ["measure NAME = EXPRESSION [warn > BOUND] [fail > BOUND]"],
        "snapshot": ["snapshot NAME = EXPRESSION"],
        "if": ["if CONDITION {", "    …", "} else {", "    …", "}"],
        "for": ["for NAME in LIST [parallel N] [within DURATION] {", "    …", "}"],
        "repeat": ["repeat N [within DURATION] {", "    …", "}"],
        "eventually": ["eventually within DURATION [every DURATION] {", "    …", "}"],
        "step": ["step \"TITLE\" [within DURATION] {", "    …", "}"],
        "parallel": ["parallel {", "    step \"TITLE\" {", "        …", "    }", "}"],
        "finally": ["finally {", "    …", "}"],
        "pipeline": ["pipeline {", "    mail A@B", "    rcpt C@D", "}"],
        "message": ["message NAME {", "    …", "}"],
        "do": ["do NAME(ARGUMENT, …)"],
        "pause": ["pause DURATION"],
        "connect": [
            "connect PROTOCOL HOST[:PORT] [name NAME] [verify full|chain|none] [as NAME]",
            "connect smtp mx.example.net:25 => 220 within 30s",
        ],
        "close": ["close", "NAME: close"],
        "send": ["send LINE", "send raw \"OCTETS\\r\\n\""],
        "receive": [
            "receive reply [=> REPLY]", "receive line [as NAME]", "receive bytes N [as NAME]",
            "receive until /PATTERN/ [as NAME]",
        ],
        "start": ["start SERVER"],
        "stop": ["stop SERVER"],
        "signal": ["signal NAME"],
        "await": ["await NAME [within DURATION]"],
        "tls": ["tls offers HOST:PORT as NAME"],
    ]
}
