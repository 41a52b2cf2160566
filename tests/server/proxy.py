"""A network between program and server: it can be slow, cut, and lose an answer."""

import queue
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from time import monotonic, sleep

from tests.server.harness import TestServer
from tracker.store.address import ServerAddress, parse_address


class Network:
    """Passes on what comes to a port of its own, after ``delay`` seconds each way."""

    def __init__(self, server: TestServer, delay: float = 0.0) -> None:
        self.delay = delay
        self.is_cut = False
        self.loses_answers = False
        """Whether the next request arrives and its answer does not."""
        self.loses_answer_to = b""
        """What a request says that arrives and whose answer does not."""
        self.round_trips = 0
        """How often something was asked after an answer: each costs the way there and back."""
        self._has_answered = True
        folder = server.instance.get_uri().rpartition("host=")[2]
        self._server = f"{folder}/.s.PGSQL.5432"
        self._door = socket.create_server(("127.0.0.1", 0))
        port = self._door.getsockname()[1]
        options = "sslmode=disable&gssencmode=disable"
        self.address: ServerAddress = parse_address(
            f"postgresql://postgres@127.0.0.1:{port}/{server.database}?{options}"
        )
        self._open: list[socket.socket] = []
        threading.Thread(target=self._welcome, daemon=True).start()

    @contextmanager
    def counted(self) -> Iterator[list[int]]:
        """Fill the list, when the block ends, with the round trips that it took."""
        took: list[int] = []
        before = self.round_trips
        yield took
        took.append(self.round_trips - before)

    def cut(self) -> None:
        """End every connection, and let no new one through."""
        self.is_cut = True
        self._close_all()

    def mend(self) -> None:
        """Let connections through again."""
        self.is_cut = False

    def close(self) -> None:
        """Stop for good."""
        self._door.close()
        self._close_all()

    def _close_all(self) -> None:
        # Of those that are made meanwhile, none is ended.
        for end in self._open[:]:
            with suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)
            self._open.remove(end)

    def _welcome(self) -> None:
        with suppress(OSError):
            while True:
                program, _ = self._door.accept()
                if self.is_cut:
                    program.close()
                    continue
                program.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
                server = socket.socket(socket.AF_UNIX)
                server.connect(self._server)
                self._open += [program, server]
                self._start(self._pass_on, program, server, False)
                self._start(self._pass_on, server, program, True)

    def _start(self, work: object, *values: object) -> None:
        assert callable(work)
        threading.Thread(target=work, args=values, daemon=True).start()

    def _pass_on(
        self, source: socket.socket, target: socket.socket, is_answer: bool
    ) -> None:
        waiting: queue.Queue[tuple[float, bytes]] = queue.Queue()
        self._start(self._deliver, target, waiting)
        while True:
            data = b""
            with suppress(OSError):
                data = source.recv(65536)
            lost = self.loses_answer_to
            if lost and lost in data and not is_answer:
                self.loses_answers, self.loses_answer_to = True, b""
            if is_answer and self.loses_answers:
                self.loses_answers = False
                self._close_all()
                data = b""
            if data:
                self.round_trips += self._has_answered and not is_answer
                self._has_answered = is_answer
            waiting.put((monotonic() + self.delay, data))
            if not data:
                return

    def _deliver(
        self,
        target: socket.socket,
        waiting: "queue.Queue[tuple[float, bytes]]",
    ) -> None:
        with suppress(OSError):
            while True:
                due, data = waiting.get()
                sleep(max(0.0, due - monotonic()))
                if not data:
                    target.shutdown(socket.SHUT_WR)
                    return
                target.sendall(data)
