/// What surrounds a fragment of the documentation: a polite server, a test, and a session that has
/// said EHLO.
enum Fragment {
    static func script(around statements: String) -> String {
        """
        server mx smtp on 127.0.0.1:auto name mx.test {
            on ehlo             => 250 "mx.test" offers [PIPELINING, SIZE 10240000, STARTTLS, AUTH PLAIN LOGIN]
            on rcpt /^nobody@/  => 550 5.1.1 "User unknown"
            on rcpt /^grey@/ first => 451 4.7.1 "Greylisted, please come back later"
        }
        test "fragment" timeout 10s {
        start mx
        connect smtp ${mx.address} name mx.test
        ehlo probe.example.org

        """ + statements + "}\n"
    }
}
