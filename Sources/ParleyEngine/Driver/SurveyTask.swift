import ParleyMachine
import ParleyNetwork
import ParleyTLS
import ParleyVerbs
import ParleyWire

/// Makes a survey's connections, one after the other with a pause between, each as far as the
/// server's choice and in order until then. Loop only.
final class SurveyTask: SessionOwner {
    /// From the end of a connection to the beginning of the next: 100 a second at most.
    private static let pause = Duration.milliseconds(10)

    typealias MakeSession = (SurveyExchange, any SessionOwner) throws(SessionFailure) -> Session

    private var survey = TLSSurvey()
    private let request: SurveyRequest
    private let limit: Limit
    private let loop: any Loop
    /// The limit of greetings and replies, in nanoseconds.
    private let patience: Int64
    private let makeSession: MakeSession
    private let onEnd: (Event, Session?) -> Void
    private var session: Session?
    private var timer: (any LoopTimer)?
    private var isOver = false
    /// Whether EHLO was answered, so that the next reply is that to STARTTLS.
    private var hasSaidHello = false

    init(
        request: SurveyRequest,
        limit: Limit,
        loop: any Loop,
        greeting: Int64,
        makeSession: @escaping MakeSession,
        onEnd: @escaping (Event, Session?) -> Void
    ) {
        self.request = request
        self.limit = limit
        self.loop = loop
        patience = greeting
        self.makeSession = makeSession
        self.onEnd = onEnd
    }

    /// Begins; never answers before it returns.
    func start() {
        loop.later { self.goOn() }
    }

    /// Gives up without an answer.
    func cancel() {
        isOver = true
        timer?.cancel()
        session?.cancelActivity()
        session?.owner = nil
        session = nil
    }

    private func goOn() {
        timer = nil
        guard !isOver else { return }
        guard let hello = survey.next else {
            end(.surveyed(survey.offers))
            return
        }
        guard loop.now < limit.deadline else {
            end(.timedOut(stage: "tls offers", held: []))
            return
        }
        do throws(SessionFailure) {
            let session = try makeSession(SurveyExchange(hello), self)
            self.session = session
            hasSaidHello = false
            session.connect()
        } catch {
            end(.failed(error))
        }
    }

    // MARK: - SessionOwner

    func sessionAnswered(_ session: Session, _ event: Event) {
        guard !isOver, self.session === session else { return }
        switch event {
        case .connected(_, let greeting):
            if let greeting, !greeting.isPositive {
                fail("smtp.banner", "banner", "expected 2xx, got \(greeting.summary)", session)
            } else {
                say("ehlo", session)
            }
        case .reply(let reply) where !hasSaidHello:
            hasSaidHello = true
            if reply.isPositive {
                say("starttls", session)
            } else {
                fail("smtp.reply", "EHLO", "expected 2xx, got \(reply.summary)", session)
            }
        case .reply(let reply):
            let message = "expected 220, got \(reply.summary)"
            fail("tls.starttls.refused", "STARTTLS", message, session)
        case .done: chosen(session)
        case .failed(let failure) where hasLeft(failure, session):
            if session.survey?.hasAnswered == true {
                let message = "the server closed the connection in the middle of its answer"
                fail("tls.handshake.failed", "TLS handshake", message, session)
                return
            }
            session.survey?.answer = .left
            chosen(session)
        case .failed, .timedOut: end(.surveyFailed(event, session), session)
        default: break
        }
    }

    /// Whether the server hung up on a hello: one that has nothing in common may do so, as long as
    /// it says nothing before.
    private func hasLeft(_ failure: SessionFailure, _ session: Session) -> Bool {
        guard let exchange = session.survey, exchange.isUnderWay else { return false }
        return failure.reason.hasSuffix(".closed")
            || failure.reason == "net.reset" && !exchange.hasAnswered
    }

    private func say(_ verb: String, _ session: Session) {
        guard let spec = request.spec.verb(verb) else { return }
        let own = loop.now + .nanoseconds(patience)
        let limit = Limit(deadline: min(own, limit.deadline), isOwn: false)
        let call = VerbCall(spec, admitsRefusal: false)
        if let event = session.perform(call, tls: nil, limit: limit) {
            sessionAnswered(session, event)
        }
    }

    private func chosen(_ session: Session) {
        guard let answer = session.survey?.answer else { return }
        do throws(SurveyProblem) {
            try survey.take(answer)
        } catch {
            fail(error.reason, "TLS handshake", error.message, session)
            return
        }
        session.leaveSurvey()
        self.session = nil
        timer = loop.schedule(at: loop.now + Self.pause) { self.goOn() }
    }

    private func fail(_ reason: String, _ stage: String, _ message: String, _ session: Session) {
        let failure = SessionFailure(reason: reason, stage: stage, message: "\(stage): \(message)")
        session.closePolitely()
        end(.surveyFailed(.failed(failure), session), session)
    }

    private func end(_ event: Event, _ session: Session? = nil) {
        isOver = true
        self.session?.owner = nil
        self.session = nil
        onEnd(event, session)
    }
}

extension Reply {
    fileprivate var isPositive: Bool { (200..<300).contains(code) }
}

extension Session {
    /// The server's choice is known: nothing more is wanted of this connection.
    fileprivate func leaveSurvey() {
        owner = nil
        isEndedByUs = true
        guard ending == nil else { return }
        reportClosed(how: "closed")
        disconnect()
    }
}
