"""Shows what a Wave app knows of the person in front of it."""

from h2o_wave import Q, app, main, ui


@app("/")
async def serve(q: Q):
    facts = [
        f"Username: {q.auth.username}",
        f"Subject: {q.auth.subject}",
        f"Token: {q.auth.access_token}",
    ]
    items = [ui.text(fact) for fact in facts]
    q.page["who"] = ui.form_card(
        box="1 1 8 6",
        items=[*items, ui.link(label="Sign out of the app", path="/_auth/logout")],
    )
    await q.page.save()
