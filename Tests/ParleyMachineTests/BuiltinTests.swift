import ParleyMachine
import Testing

@Suite struct BuiltinTests {
    @Test(arguments: [
        "base64(\"abc\") == \"YWJj\"",
        "sha256(\"abc\") starts \"ba7816bf\"",
        "hmac(\"key\", \"The quick brown fox jumps over the lazy dog\") starts \"f7bc83f4\"",
        "lower(\"AbC\") == \"abc\"", "upper(\"AbC\") == \"ABC\"", "trim(\"  a b \") == \"a b\"",
        "split(\"a,b,,c\", \",\").count == 4",
        "split(\"a1b22c\", /[0-9]+/) == [\"a\", \"b\", \"c\"]",
        "join([\"a\", \"b\"], \"-\") == \"a-b\"", "replace(\"a.b.c\", \".\", \"\") == \"abc\"",
        "replace(\"a1b22\", /[0-9]+/, \"#\") == \"a#b#\"", "len(\"abc\") == 3", "len([1, 2]) == 2",
        "int(\"42\") == 42", "duration(\"1.5\") == 1500ms", "duration(\"5m\") == 300s",
        "size(\"2KB\") == 2048B", "string(1500ms) == \"1.5s\"", "string(2KB) == \"2048\"",
        "ip(\"2001:DB8::1\") == ip(\"2001:db8:0::1\")",
        "domain(\"MX.Test\") == domain(\"mx.test\")",
        "2 in [1, 2, 3]", "\"abc\" contains \"b\"", "\"abc\" starts \"ab\"", "\"abc\" ends \"bc\"",
        "\"queued as X1\" matches /as (\\S+)/",
        "(\"queued as X1\" capture /as (\\S+)/ default \"?\") == \"X1\"",
        "(\"nothing\" capture /as (\\S+)/ default \"?\") == \"?\"",
        "[\"abc\", \"xyz\"] matches /^x/", "not ([\"ab\", \"cd\"] matches /bc/)",
        "not (split(\"\", \",\") matches /x/)",
        "1.5 * 1m == 90s", "1m * 1.5 == 90s", "0.5 * 1MB == 512KB", "1MB * 0.5 == 512KB",
        "1MB / 0.5 == 2MB", "7 % 3 == 1", "7 / 2 == 3", "2 * 3s == 6s", "10MB - 9MB == 1MB",
        "-3 < 2", "not (1 == 2)",
        "now() - now() == 0s", "run.id == \"r1\"", "run.seed == 7",
        "\"${now()}\" starts \"2026-01-01T00:00:00\"",
        "range(1, 3).count == 3", "[1, 2].first == 1", "\"${2.5}\" == \"2.5\"", "random(5) < 5",
        "uuid() matches /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/",
    ])
    func `built-ins and operators do what they say`(_ condition: String) throws {
        let outcome = try run("expect \(condition)")
        #expect(outcome.verdict == .pass, "\(outcome.findings)")
    }

    @Test(arguments: [
        "1000000.5 * 100000d", "1000000000000.5 * 1000000GB", "100000d * 1000000.5", "1s / 0.0",
    ])
    func `products beyond 64 bits are a mistake of the script`(_ product: String) throws {
        let outcome = try run("log \"${\(product)}\"")
        #expect(outcome.reasons == ["script.value"])
    }

    @Test func `files are read below the script's folder, each once`() throws {
        let driver = FakeDriver()
        driver.files = [
            "a.txt": "one\r\ntwo\n", "b.csv": "name,port\n\"x, y\",25\nz,\"2\"\"5\"\n",
            "c.json": "[{\"name\": \"n\\u00e9\", \"port\": 25, \"ok\": true, \"no\": null}]",
        ]
        let outcome = try run(
            """
            let xs = lines("a.txt")
            expect xs == ["one", "two"]
            for row in csv("b.csv") {
                log "${row.name}|${row.port}"
            }
            for row in json("c.json") {
                expect (row.name default "?") == "né"
                expect (row.port default "?") == "25"
                expect (row.no default "?") == "?"
                expect (row.missing default "?") == "?"
            }
            expect read("a.txt") contains "two"
            """,
            on: driver
        )
        #expect(outcome.messages == [])
        #expect(!driver.log.contains { $0.hasPrefix("read") })
        let logged = driver.notes.compactMap {
            if case .logged(let text) = $0 { text } else { nil }
        }
        #expect(logged == ["x, y|25", "z|2\"5"])
    }

    @Test func `a file of JSON may have a mark in front and numbers as people write them`() throws {
        let driver = FakeDriver()
        driver.files = ["a.json": "\u{FEFF}[{\"n\": 007, \"n\": 1.50, \"x\": \"\\ud83d!\"}]"]
        let outcome = try run(
            """
            for row in json("a.json") {
                expect (row.n default "?") == "1.50"
                expect (row.x default "?") == "\u{FFFD}!"
            }
            """,
            on: driver
        )
        #expect(outcome.messages == [])
        driver.files = ["a.json": "[\n1,\n]"]
        let broken = try run("log \"${json(\"a.json\").count}\"", on: driver)
        #expect(broken.messages.first?.contains("line 3 of the JSON") == true, "\(broken.messages)")
    }
}
