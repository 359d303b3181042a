internal import Glibc

extension SystemTransport {
    /// Connects to one endpoint, or races several.
    func connect(to endpoints: [Endpoint], _ target: ConnectTarget) {
        guard !isClosing else { return }
        guard endpoints.count == 1, let endpoint = endpoints.first else {
            let race = SystemRace(self, endpoints, target)
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
        if pendingBytes > 0 || wantsClose || wantsOutputEnd { flush() }
        guard !isClosing else { return }
        handler?.transportConnected(self)
    }
}
