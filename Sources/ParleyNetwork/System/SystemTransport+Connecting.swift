internal import Glibc

extension SystemTransport {
    /// Looks the target's name up; what is found first is connected to.
    func lookUp(_ name: String, _ target: ConnectTarget) {
        lookup = NameLookup(target, on: loop) { [self] step, isComplete in
            switch step {
            case .wait: break
            case .fail(let error): fail(error)
            case .connect(let endpoints):
                if let race {
                    race.add(endpoints, isComplete: isComplete)
                } else {
                    connect(to: endpoints, isComplete: isComplete, target)
                }
            }
        }
        lookup?.start { [loop] family, answer in
            loop.offload({ SystemResolver.addresses(of: name, family) }, completion: answer)
        }
    }

    /// Connects to one endpoint, or races several; those that are not known yet race, too.
    func connect(to endpoints: [Endpoint], isComplete: Bool = true, _ target: ConnectTarget) {
        guard !isClosing else { return }
        guard isComplete, endpoints.count == 1, let endpoint = endpoints.first else {
            let race = SystemRace(self, endpoints, isComplete: isComplete, target)
            self.race = race
            race.start()
            return
        }
        do throws(TransportError) {
            descriptor = try ConnectingSocket.open(endpoint, target)
            remoteEndpoint = endpoint
            loop.poller.add(self, descriptor, for: .connection)
        } catch {
            fail(error)
        }
    }

    /// Takes over the socket that won a race, with what the kernel told of it.
    func adopt(_ descriptor: Int32, _ endpoint: Endpoint, _ events: PollEvents) {
        self.descriptor = descriptor
        remoteEndpoint = endpoint
        loop.poller.hand(descriptor, to: self)
        ready(events)
    }

    /// What became of the attempt that waits: connected if there is no error number.
    func attemptEnded(_ number: Int32?) {
        if let number, number != 0 {
            closeDescriptor()
            fail(TransportError(errno: number, call: "connect", phase: .connecting))
            return
        }
        isConnected = true
        lookup?.cancel()
        lookup = nil
        if pendingBytes > 0 || wantsClose || wantsOutputEnd { flush() }
        guard !isClosing else { return }
        handler?.transportConnected(self)
    }
}
