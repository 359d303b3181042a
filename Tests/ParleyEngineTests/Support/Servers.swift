import ParleyNetwork

/// Scripted servers that several tests talk to.
enum Servers {
    /// Port 25 of loopback: polite, with everything on offer.
    static let polite = """
        server mx smtp on 127.0.0.1:25 name mx.test {
            on ehlo            => 250 "mx.test" offers [PIPELINING, SIZE 1000, STARTTLS, AUTH PLAIN LOGIN]
            on rcpt /^nobody@/ => 550 5.1.1 "User unknown"
            on rcpt /^grey@/ first => 451 4.7.1 "Greylisted"
        }
        """

    /// Where ``polite`` listens.
    static let address = Endpoint.address(IPAddress(v4: 0x7F00_0001), port: 25)

    /// Connects to ``polite`` and says EHLO.
    static let greeting = """
        start mx
        connect smtp ${mx.address} name mx.test
        ehlo probe.test

        """
}
