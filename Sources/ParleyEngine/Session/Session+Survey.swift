import ParleyMachine
import ParleyNetwork
import ParleyTLS

extension Session {
    /// A warning alert that TLS ends here, RFC 8446 §6.1.
    private static let closeNotify: [UInt8] = [21, 3, 1, 0, 2, 1, 0]

    /// Says the hello where a handshake would begin.
    func begin(_ survey: SurveyExchange) {
        survey.isUnderWay = true
        entries.note("ClientHello \(survey.hello.version)", at: clock)
        let host = verifiedHost.flatMap { IPAddress($0) == nil ? $0 : nil }
        transport?.write(survey.hello.octets(serverName: host))
    }

    /// Takes octets of the answer. What comes behind it is of no interest.
    func received(_ bytes: UnsafeRawBufferPointer, of survey: SurveyExchange) {
        guard case .securing = activity, survey.answer == nil else { return }
        do throws(SurveyProblem) {
            guard let answer = try survey.reader.receive(bytes) else { return }
            survey.answer = answer
            if case .chosen = answer { transport?.write(Self.closeNotify) }
            self.answer(.done)
        } catch {
            fail(
                SessionFailure(
                    reason: error.reason,
                    stage: "TLS handshake",
                    message: error.message
                )
            )
        }
    }
}
