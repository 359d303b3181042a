import ParleyEngine
import ParleyMachine
import ParleyNetwork
import ParleyTesting
import Testing

@Suite("The addresses of a server, and our own")
struct AddressTests {
    @Test("the report names every address that was tried")
    func addresses() throws {
        let network = SimulatedNetwork(seed: 1)
        let six = try #require(IPAddress("2001:db8::7"))
        let four = IPAddress(v4: 0xC000_0207)
        network.setAddresses([six, four], for: "mx.example")
        for address in [six, four] {
            network.setFault(
                NetworkFault(connecting: .blackHole),
                for: .address(address, port: 25)
            )
        }
        let run = try play(
            "defaults {\nattempt = 100ms\n}\ntest \"t\" {\nconnect smtp mx.example within 1s\n}",
            on: network
        )
        #expect(run.reason == "net.timeout")
        #expect(run.notes.contains("[2001:db8::7]:25: no answer\n"))
        #expect(run.notes.contains("192.0.2.7:25: no answer (tried after 100 ms)"))
        network.setFault(NetworkFault(connecting: .refuse), for: .address(four, port: 25))
        let refused = try play("test \"t\" {\nconnect smtp mx.example over ipv4\n}", on: network)
        #expect(refused.reason == "net.refused")
        let none = try play(
            "test \"t\" {\nconnect smtp localhost over ipv6 => refused\n}",
            on: network
        )
        #expect(none.reason == "dns.nodata")
        #expect(none.message?.contains("has no IPv6 address") == true)
    }

    @Test("the peer is the address that won")
    func winner() throws {
        let network = SimulatedNetwork(seed: 1)
        let six = try #require(IPAddress("2001:db8::7"))
        network.setAddresses([six, IPAddress(v4: 0x7F00_0001)], for: "mx.example")
        network.setFault(NetworkFault(connecting: .blackHole), for: .address(six, port: 25))
        let run = try play(
            test: "start mx\nconnect smtp mx.example as box\nlog \"${box.peer}\"",
            on: network
        )
        #expect(run.verdict == .pass, "\(run.findings)")
        #expect(run.logged == ["127.0.0.1:25"])
    }

    @Test("address literals of mail name a host, too")
    func literals() throws {
        let run = try play(
            test: """
                start mx
                connect smtp [127.0.0.1]:25 as a
                a: ehlo [127.0.0.1]
                a: quit
                connect smtp [IPv6:::1]:25 => refused
                connect smtp ${mx.address} as b
                b: ehlo [IPv6:2001:db8::1]
                """
        )
        #expect(run.verdict == .pass, "\(run.findings)")
    }

    @Test("a host without a name says its address")
    func nameless() throws {
        var options = RunOptions()
        options.probeName = "localhost.localdomain"
        let run = try play(
            test: """
                start mx
                connect smtp ${mx.address} from 127.0.0.2
                ehlo
                expect "C EHLO [127.0.0.2]" in mx.log.lines
                """,
            options: options
        )
        #expect(run.verdict == .pass, "\(run.findings)")
    }

    @Test("a source that cannot be used is this machine's trouble, with advice")
    func sources() throws {
        let network = SimulatedNetwork(seed: 1)
        network.setForeign(IPAddress(v4: 0xC000_0209))
        for (clause, words) in [
            ("from 192.0.2.9", "192.0.2.9 is no address of this machine"),
            ("from 127.0.0.1:25", "the source 127.0.0.1:25 is in use"),
        ] {
            let run = try play(
                test: "start mx\nconnect smtp ${mx.address} \(clause)",
                on: network
            )
            #expect(run.reason == "local.source")
            #expect(run.message == words)
            #expect(run.verdict == .error)
        }
        let run = try play(
            test: """
                start mx
                connect smtp ${mx.address} from 127.0.0.2
                connect smtp ${mx.address} from :4000
                connect smtp ${mx.address} from 127.0.0.3:4001
                """
        )
        #expect(run.verdict == .pass, "\(run.findings)")
    }
}
