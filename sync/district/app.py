"""The district's web application: batches and enrolments in, today's page and its JSON out."""

import logging
from collections.abc import Callable, Sequence
from datetime import date
from typing import Annotated, Any, Final, TypeVar
from zoneinfo import ZoneInfo

from fastapi import FastAPI, Query, Request, Response
from fastapi.concurrency import run_in_threadpool
from fastapi.exceptions import RequestValidationError
from fastapi.responses import HTMLResponse, JSONResponse
from pydantic import BaseModel, ValidationError
from sqlalchemy import Engine, select
from sqlalchemy.exc import SQLAlchemyError
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from sync.district.ingest import Ingest
from sync.district.page import Page
from sync.district.refusals import NotRecognisedError, RefusalError
from sync.district.register import Register
from sync.district.today import DayReport, report_day
from sync.district.tokens import Verifier
from sync.wire import API, BATCHES_PATH, BODY_BYTES, ENROLL_PATH, Answer, Batch, EnrollAnswer, EnrollRequest, Refusal

log = logging.getLogger(__name__)

HEADERS: Final = (
    (b"content-security-policy", b"default-src 'none'; style-src 'self'; base-uri 'none'; frame-ancestors 'none'"),
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"no-referrer"),
    (b"cache-control", b"no-store"),
)
"""On every answer: the page needs its own style sheet and nothing else, and today's counts are never a stored copy."""

Day = Annotated[
    date | None, Query(ge=date(1970, 1, 1), le=date(2100, 12, 31), description="Another day than today: 2026-11-24.")
]
"""The bounds are those of an hour on the wire."""

_Model = TypeVar("_Model", bound=BaseModel)


class BadInputError(RefusalError, ValueError):
    """The body is not what the wire format says."""

    status = 422


class TooLongError(RefusalError, ValueError):
    """The body is longer than any batch."""

    status = 413


def create_app(engine: Engine, zone: ZoneInfo, now_ms: Callable[[], int]) -> FastAPI:
    """The application on a migrated database. `zone` groups days and hours; `now_ms` is the wall clock (epoch ms)."""
    verifier = Verifier()
    ingest = Ingest(engine, verifier, now_ms)
    register = Register(engine, verifier, now_ms)
    page = Page()
    app = FastAPI(
        title="District of the entrance kiosks", docs_url=None, redoc_url=None, openapi_url=f"{API}/openapi.json"
    )

    @app.post(
        BATCHES_PATH, response_model=Answer, responses=_refusals(401, 403, 409, 413, 422), openapi_extra=_body(Batch)
    )
    async def take_batch(request: Request) -> Response:
        """Take a batch of hourly counts and say what is now held for its hours."""
        token = _token(request)
        batch = await _read(request, Batch)
        answer = await run_in_threadpool(ingest.take, batch, token)
        # Written out by pydantic itself; FastAPI would check it a second time.
        return Response(answer.model_dump_json(exclude_none=True), media_type="application/json")

    @app.post(ENROLL_PATH, responses=_refusals(401, 413, 422), openapi_extra=_body(EnrollRequest))
    async def enroll(request: Request) -> EnrollAnswer:
        """Exchange a one-time code for a token."""
        asked = await _read(request, EnrollRequest)
        return await run_in_threadpool(register.enroll, asked.code, asked.board)

    @app.get(f"{API}/today")
    def today(day: Day = None) -> DayReport:
        """The day's counts per kiosk and hour."""
        return report_day(engine, zone, now_ms(), day)

    @app.get("/", response_class=HTMLResponse, include_in_schema=False)
    def show(day: Day = None) -> str:
        return page.render(report_day(engine, zone, now_ms(), day))

    @app.get("/style.css", include_in_schema=False)
    def style() -> Response:
        return Response(page.style, media_type="text/css")

    @app.get("/healthz")
    def healthy() -> dict[str, str]:
        """Whether the database answers."""
        with engine.connect() as connection:
            connection.execute(select(1))
        return {"status": "ok"}

    _answer_errors_plainly(app)
    app.add_middleware(FixedHeaders)
    return app


class FixedHeaders:
    """Adds HEADERS to every answer."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, and its answer back with the headers."""

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                message["headers"] = [*message.get("headers", []), *HEADERS]
            await send(message)

        await self._app(scope, receive, send_with_headers)


def _answer_errors_plainly(app: FastAPI) -> None:
    """Whatever goes wrong, the answer is one line of JSON; a traceback goes to the log only."""

    @app.exception_handler(RefusalError)
    async def refused(_request: Request, error: RefusalError) -> Response:
        return _refusal(error.status, str(error))

    @app.exception_handler(RequestValidationError)
    async def invalid(_request: Request, error: RequestValidationError) -> Response:
        return _refusal(422, _first_fault(error.errors()))

    @app.exception_handler(HTTPException)
    async def http_error(request: Request, error: HTTPException) -> Response:
        return _refusal(error.status_code, f"{request.method} {request.url.path[:100]}: {error.detail}")

    @app.exception_handler(SQLAlchemyError)
    async def database_down(_request: Request, error: SQLAlchemyError) -> Response:
        log.error("the database did not do its part", exc_info=error)
        return _refusal(503, "the district's database does not answer; try again later")

    @app.exception_handler(Exception)
    async def bug(_request: Request, _error: Exception) -> Response:
        # Starlette raises it again after this answer, so that the server logs the traceback.
        return _refusal(500, "the district met a fault of its own; its log has the details")


async def _read(request: Request, model: type[_Model]) -> _Model:
    """The body as a model. Read piece by piece, so that an endless one is cut off and never held in memory."""
    body = bytearray()
    async for piece in request.stream():
        body += piece
        if len(body) > BODY_BYTES:
            raise TooLongError(f"the body is longer than {BODY_BYTES} bytes; send fewer hours at once")
    try:
        return model.model_validate_json(bytes(body))
    except ValidationError as error:
        raise BadInputError(_first_fault(error.errors(include_url=False, include_input=False))) from None


def _first_fault(faults: Sequence[Any]) -> str:
    """One line: where the first fault is, what it is, and how many more there are."""
    place = ".".join(str(part) for part in faults[0]["loc"])
    more = f" (and {len(faults) - 1} more)" if len(faults) > 1 else ""
    return f"{place + ': ' if place else ''}{faults[0]['msg']}{more}"


def _token(request: Request) -> str:
    kind, _, token = request.headers.get("Authorization", "").partition(" ")
    if kind.lower() != "bearer" or "." not in token:
        raise NotRecognisedError("no token: send the header Authorization: Bearer TOKEN")
    return token


def _refusal(status: int, line: str) -> JSONResponse:
    headers = {"WWW-Authenticate": "Bearer"} if status == NotRecognisedError.status else None
    return JSONResponse(Refusal(error=" ".join(line.split())[:500]).model_dump(), status, headers)


def _refusals(*statuses: int) -> dict[int | str, dict[str, Any]]:
    return {status: {"model": Refusal} for status in statuses}


def _body(model: type[BaseModel]) -> dict[str, Any]:
    return {"requestBody": {"required": True, "content": {"application/json": {"schema": model.model_json_schema()}}}}
