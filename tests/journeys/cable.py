"""The cable between a device and the server: it can be cut, and it can lose what travels one way."""

import socket
import threading
from contextlib import suppress

A_PIECE = 65_536


class Cable:
    """Carries bytes from a port of its own to the server's. `posts_let_through`: how many more POST arrive; the next one is lost."""

    def __init__(self, server_port: int) -> None:
        self._server_port = server_port
        self._listening = socket.create_server(("127.0.0.1", 0))
        self._open: set[socket.socket] = set()
        self._is_cut = self.loses_requests = self.loses_answers = False
        self.posts_let_through: int | None = None
        threading.Thread(target=self._accept, daemon=True).start()

    @property
    def address(self) -> str:
        return f"http://localhost:{self._listening.getsockname()[1]}"

    def cut(self) -> None:
        """No answer to anything from now on, and what was under way breaks."""
        self._is_cut = True
        self._break()

    def mend(self) -> None:
        """Everything arrives again, on new connections."""
        self._is_cut = self.loses_requests = self.loses_answers = False
        self.posts_let_through = None
        self._break()

    def close(self) -> None:
        self.cut()
        self._listening.close()

    def _break(self) -> None:
        for end in list(self._open):
            self._drop(end)

    def _drop(self, end: socket.socket) -> None:
        self._open.discard(end)
        with suppress(OSError):
            end.shutdown(socket.SHUT_RDWR)
        with suppress(OSError):
            end.close()

    def _accept(self) -> None:
        while True:
            try:
                device, _ = self._listening.accept()
            except OSError:
                return
            if self._is_cut:
                device.close()
                continue
            try:
                server = socket.create_connection(("127.0.0.1", self._server_port))
            except OSError:
                device.close()
                continue
            self._open |= {device, server}
            said: list[bool] = []
            threading.Thread(target=self._carry, args=(device, server, True, said), daemon=True).start()
            threading.Thread(target=self._carry, args=(server, device, False, said), daemon=True).start()

    def _carry(self, start: socket.socket, end: socket.socket, is_request: bool, posted: list[bool]) -> None:
        with suppress(OSError):
            while piece := start.recv(A_PIECE):
                if is_request and piece.startswith((b"GET ", b"POST ")):
                    posted[:] = [piece.startswith(b"POST ")]
                    if posted[0] and self.posts_let_through is not None:
                        self.posts_let_through -= 1
                if self._is_lost(is_request, posted):
                    break
                end.sendall(piece)
        self._drop(start)
        self._drop(end)

    def _is_lost(self, is_request: bool, posted: list[bool]) -> bool:
        if self._is_cut:
            return True
        if not posted or not posted[0]:
            return False
        if is_request and self.posts_let_through is not None and self.posts_let_through < 0:
            return True
        return self.loses_requests if is_request else self.loses_answers
