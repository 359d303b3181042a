import ParleySemantics
import ParleySyntax
import ParleyVerbs
import Testing

@Suite struct SlotTests {
    @Test func aSlotThatTakesTheRestFillsSeveralArguments() throws {
        let verb = try verb("mail a@b SIZE=1 BODY=8BITMIME")
        #expect(verb.arguments.map(\.slot) == [0, 1, 1])
    }

    @Test func aClauseIsKnownByItsWords() throws {
        let verb = try verb("auth plain u p in clear")
        #expect(verb.arguments.map(\.slot) == [0, 1, 2])
        #expect(verb.clauses.map(\.name) == ["in clear"])
    }

    @Test func starttlsKeepsItsClausesApart() throws {
        let verb = try verb("starttls verify chain ca keys/ca.pem")
        #expect(verb.tls?.verification == "chain")
        #expect(verb.clauses.isEmpty)
        guard case .constant(.string("keys/ca.pem"))? = verb.tls?.authority?.form else {
            Issue.record("the authority is a path")
            return
        }
    }

    @Test func theNaturalClassIsMadeExplicit() throws {
        let rset = try verb("rset").expectation
        #expect(rset.alternatives.map(\.text) == ["2xx"])
        #expect(rset.alternatives.first?.code == CodePattern(lowest: 200, highest: 299))
        #expect(!rset.isExplicit && !rset.admitsRefusal)
        let data = try verb("data").expectation
        #expect(data.alternatives.first?.code == CodePattern(lowest: 300, highest: 399))
    }

    @Test func alternativesKeepWhatIsWritten() throws {
        let arrow = try verb("rcpt a@b => 250 or 550 5.1.1 matching /user/ or closed").expectation
        #expect(
            arrow.alternatives.map(\.text) == ["250", "550 5.1.1 matching /user/", "closed"]
        )
        #expect(arrow.alternatives.map(\.outcome) == [.reply, .reply, .closed])
        #expect(arrow.alternatives[1].pattern?.constant != nil)
        #expect(arrow.admitsRefusal)
    }

    @Test func anInsertedAddressBeforeAPortGetsBrackets() throws {
        let (program, diagnostics) = check(
            """
            param host: ip = 2001:db8::1
            test "t" {
                connect smtp ${host}:25
            }
            """
        )
        #expect(diagnostics.isEmpty)
        guard case .connect(let connect)? = program?.tests.first?.body.statements.first?.kind,
            case .template(let pieces, _) = connect.endpoint.form,
            case .conversion = pieces[0].form
        else {
            Issue.record("the address is converted")
            return
        }
        #expect(pieces[0].kind == .endpoint)
    }

    @Test func octetsThatAreNoTextStayOctets() throws {
        let statements = try body("connect smtp a.test\nsend raw \"a\\xff\"")
        guard case .send(let send) = statements[1].kind,
            case .constant(.bytes(let octets)) = send.text.form
        else {
            Issue.record("the text is octets")
            return
        }
        #expect(octets == [0x61, 0xFF])
    }

    @Test func secretsStaySecretThroughTextAndFunctions() throws {
        let (program, diagnostics) = check(
            """
            secret pass = env P
            let both = "x ${pass}"
            let coded = base64(both)
            let same = coded == "a"
            let long = len(pass)
            test "t" {
                log "x"
            }
            """
        )
        #expect(diagnostics.isEmpty)
        let kinds = program?.prelude.compactMap { statement -> Kind? in
            guard case .bind(let variable, _) = statement.kind else { return nil }
            return variable.kind
        }
        #expect(kinds == [.secret(.string), .secret(.string), .bool, .secret(.int)])
    }

    private func verb(_ text: String) throws -> CheckedVerb {
        let statements = try body("connect smtp a.test\n\(text)")
        guard case .verb(let verb)? = statements.last?.kind else {
            throw Missing()
        }
        return verb
    }

    private struct Missing: Error {}
}
