"""The tour's entry: the first page of a client, the tabs, the theme, and the client's end."""

import logging

# `main` is what uvicorn serves: `uvicorn app:main`.
from h2o_wave import Q, app, main, on, run_on  # noqa: F401

import compare
import live
import plan
from look import show_frame

logging.basicConfig(level=logging.INFO, format="%(levelname)s %(name)s: %(message)s")
logging.getLogger("httpx").setLevel(logging.WARNING)

TABS = {"plan": plan, "compare": compare, "live": live}


@app("/")
async def serve(q: Q) -> None:
    is_new = not q.client.tab
    if is_new:
        show_frame(q)
    if not await run_on(q) and is_new:
        await open_tab(q, "plan")


@on("#{tab}")
async def open_tab(q: Q, tab: str) -> None:
    """Swaps what stands below the header. Each tab names its cards and lays them itself."""
    tab = tab if tab in TABS else "plan"
    if q.client.tab:
        TABS[q.client.tab].leave(q)
    q.client.tab = tab
    q.page["tabs"].value = f"#{tab}"
    TABS[tab].show(q)
    await q.page.save()


@on("dark", lambda value: isinstance(value, bool))
async def change_theme(q: Q) -> None:
    q.page["meta"].theme = "tour-dark" if q.args.dark else "tour-light"
    await q.page.save()


@on("@system.client_disconnect")
async def end_client(q: Q) -> None:
    """Nobody looks at this page any more: nothing of it may go on."""
    live.stop(q)
