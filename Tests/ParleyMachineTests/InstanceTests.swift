import ParleyMachine
import Testing

@Suite struct InstanceTests {
    @Test func `cases make tests with titles and identities of their own`() throws {
        let script = try Compiled(
            "cases d in lines(\"d.txt\")\n\ntest \"mail to ${d}\" tags [mx] {\n    log d\n}\n"
        )
        let (instances, findings) = script.instances(files: ["d.txt": "a.test\nb.test\na.test\n"])
        #expect(findings.isEmpty)
        #expect(
            instances.map(\.title) == ["mail to a.test", "mail to b.test", "mail to a.test #2"]
        )
        #expect(Set(instances.map(\.identity)).count == 2)
        #expect(instances.map(\.index) == [0, 1, 2])
        #expect(instances.first?.tags == ["mx"])
    }

    @Test func `no rows are a warning and a missing file is an error`() throws {
        let script = try Compiled(
            "cases d in lines(\"d.txt\")\n\ntest \"t ${d}\" {\n    log d\n}\n"
        )
        #expect(script.instances(files: ["d.txt": ""]).1.map(\.verdict) == [.warn])
        #expect(script.instances().1.map(\.reason) == ["local.file"])
    }

    @Test func `parameters take what is set, then the profile, then their own value`() throws {
        let script = try Compiled(
            """
            param host = mail.test
            param size: size = 10KB
            param who: address = a@b.test
            profile live {
                host = live.test
            }
            test "t" {
                log host
            }
            """
        )
        func shown(_ texts: [Int: String], _ profile: String?) throws -> [String] {
            try script.program.parameters(setting: texts, profile: profile, context: script.context)
                .get().map(\.display)
        }
        #expect(try shown([:], nil) == ["\"mail.test\"", "10240 (10 KiB)", "a@b.test"])
        #expect(try shown([:], "live") == ["\"live.test\"", "10240 (10 KiB)", "a@b.test"])
        #expect(
            try shown([0: "x.test", 1: "1MB"], "live") == [
                "\"x.test\"", "1048576 (1 MiB)", "a@b.test",
            ]
        )
        let bad = script.program.parameters(
            setting: [1: "big"],
            profile: nil,
            context: script.context
        )
        guard case .failure(let problems) = bad else {
            Issue.record("accepted")
            return
        }
        #expect(
            problems.problems.map(\.message) == [
                "‘size’: \"big\" is not a size such as 512B, 10KB or 20MB"
            ]
        )
    }
}
