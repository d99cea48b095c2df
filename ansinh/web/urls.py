"""Addresses of the officers' pages."""

from __future__ import annotations

from django.urls import path

from ansinh.web.desks import board, choosing, lists, papers, people, registers, runs, sign_in

app_name = "web"

urlpatterns = [
    path("sign-in/", sign_in.sign_in, name="sign_in"),
    path("sign-out/", sign_in.sign_out, name="sign_out"),
    path("language/", sign_in.choose_language, name="language"),
    path("", board.board, name="board"),
    path("places/", choosing.find_places, name="places"),
    path("runs/open/", board.open_new, name="open_run"),
    path("runs/<int:run_id>/", lists.lines, name="run"),
    path("runs/<int:run_id>/export.xlsx", lists.download, name="export"),
    path("runs/<int:run_id>/changes/", runs.changes, name="changes"),
    path("runs/<int:run_id>/findings/", runs.findings, name="findings"),
    path("runs/<int:run_id>/findings/<int:finding_id>/clear/", runs.clear, name="clear_finding"),
    path("runs/<int:run_id>/summary/", runs.summary, name="summary"),
    path("runs/<int:run_id>/papers/", runs.papers, name="papers"),
    path("runs/<int:run_id>/papers/<slug:name>.<slug:form>", papers.paper, name="paper"),
    path("runs/<int:run_id>/history/", runs.history, name="history"),
    path("runs/<int:run_id>/steps/<slug:action>/", runs.take_step, name="step"),
    path("people/", people.search, name="people"),
    path("people/<int:person_id>/", people.person, name="person"),
    path("people/<int:person_id>/why/<int:line_id>/", people.why, name="why"),
    path("registers/", registers.registers, name="registers"),
    path("registers/proposals/", registers.proposals, name="proposals"),
    path("registers/proposals/decide/", registers.decide_proposals, name="decide_proposals"),
    path("registers/<int:file_id>/", registers.register, name="register"),
    path("registers/<int:file_id>/marked.xlsx", registers.marked, name="marked"),
]
