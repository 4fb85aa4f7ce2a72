"""The six stages in each peer, used as its own documentation recommends, with the same guard written by hand.

Each peer is a function from a number of cases to what makes all their moves, prepared beforehand: machines, interpreters
and workflows exist before the time is taken. None of them records a history, runs a clock or gives a reason for a
refusal.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from sismic.interpreter import Interpreter
from sismic.io import import_from_yaml
from SpiffWorkflow import TaskState
from SpiffWorkflow.bpmn import BpmnWorkflow
from SpiffWorkflow.bpmn.parser import BpmnParser
from SpiffWorkflow.bpmn.script_engine import PythonScriptEngine, TaskDataEnvironment
from statemachine import State, StateMachine
from transitions import Machine

from bench.six_stages import ACTOR, DOCUMENTS, ORDER, RECORD, STAGES, STEPS, Lead, a_lead, may_leave, may_leave_data

Work = Callable[[], object]


def transitions_table() -> list[dict[str, Any]]:
    """The transitions of the six stages, one trigger per destination, guards as callables."""
    return [
        {"trigger": f"go_{there}", "source": here, "dest": there, "conditions": [partial(may_leave, here)]}
        for here, there, _ in STEPS
    ]


def transitions_shared(leads: list[Lead]) -> Work:
    """`transitions`, one machine for all leads, which are not registered with it: its quickest way."""
    machine = Machine(
        model=None, states=list(ORDER), initial=ORDER[0], transitions=transitions_table(), auto_transitions=False
    )
    triggers = [(machine.events[f"go_{there}"], actor) for _, there, actor in STEPS]

    def work() -> None:
        for lead in leads:
            for event, actor in triggers:
                if not event.trigger(lead, lead, actor):
                    raise AssertionError(lead)

    return work


def transitions_models(leads: list[Lead]) -> Work:
    """`transitions`, the documented way: every lead is a model of the machine and gets the triggers as methods."""
    machine = Machine(
        model=None, states=list(ORDER), initial=ORDER[0], transitions=transitions_table(), auto_transitions=False
    )
    machine.add_model(leads)
    names = [(f"go_{there}", actor) for _, there, actor in STEPS]

    def work() -> None:
        for lead in leads:
            for name, actor in names:
                if not getattr(lead, name)(lead, actor):
                    raise AssertionError(lead)

    return work


class LeadMachine(StateMachine):
    """The six stages for python-statemachine."""

    capture = State(initial=True)
    qualification = State()
    distribution = State()
    pipeline = State()
    closing = State()
    evaluation = State()
    won = State(final=True)

    go_qualification = capture.to(qualification, cond="may_leave_capture")
    go_distribution = qualification.to(distribution, cond="may_leave_qualification")
    go_pipeline = distribution.to(pipeline, cond="may_leave_distribution")
    go_closing = pipeline.to(closing, cond="may_leave_pipeline")
    go_evaluation = closing.to(evaluation, cond="may_leave_closing")
    go_won = evaluation.to(won, cond="may_leave_evaluation")

    def may_leave_capture(self, actor: str) -> bool:
        return may_leave("capture", self.model, actor)

    def may_leave_qualification(self, actor: str) -> bool:
        return may_leave("qualification", self.model, actor)

    def may_leave_distribution(self, actor: str) -> bool:
        return may_leave("distribution", self.model, actor)

    def may_leave_pipeline(self, actor: str) -> bool:
        return may_leave("pipeline", self.model, actor)

    def may_leave_closing(self, actor: str) -> bool:
        return may_leave("closing", self.model, actor)

    def may_leave_evaluation(self, actor: str) -> bool:
        return may_leave("evaluation", self.model, actor)


def statemachine(leads: list[Lead]) -> Work:
    """python-statemachine: one machine for each lead, which is its model."""
    machines = [LeadMachine(lead) for lead in leads]
    names = [(f"go_{there}", actor) for _, there, actor in STEPS]

    def work() -> None:
        for machine in machines:
            for name, actor in names:
                machine.send(name, actor=actor)

    return work


def sismic_yaml() -> str:
    """The six stages as a statechart for sismic."""
    lines = ["statechart:", "  name: six stages", "  root state:", "    name: root", f"    initial: {ORDER[0]}", "    states:"]
    for here, there, _ in STEPS:
        guard = f"may_leave('{here}', lead, event.actor)"
        lines += [f"      - name: {here}", "        transitions:", f"          - event: go_{there}"]
        lines += [f"            target: {there}", f"            guard: {guard}"]
    return "\n".join([*lines, f"      - name: {ORDER[-1]}", "        type: final"])


def sismic(leads: list[Lead]) -> Work:
    """sismic: one interpreter for each lead, guards as Python expressions in the statechart."""
    chart = import_from_yaml(sismic_yaml())
    interpreters = [Interpreter(chart, initial_context={"lead": lead, "may_leave": may_leave}) for lead in leads]
    for interpreter in interpreters:
        interpreter.execute()
    names = [(f"go_{there}", actor) for _, there, actor in STEPS]

    def work() -> None:
        for interpreter in interpreters:
            for name, actor in names:
                if not interpreter.queue(name, actor=actor).execute():
                    raise AssertionError(name)

    return work


def bpmn() -> str:
    """The six stages as BPMN: of each stage a manual task, then a gateway that leads back unless the guard holds."""
    lines = ['<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL">', '<process id="six" isExecutable="true">']
    lines.append('<startEvent id="start"/>')
    flows = [("start", ORDER[0], "")]
    for here, there, _ in STEPS:
        lines.append(f'<manualTask id="{here}"/><exclusiveGateway id="gate_{here}" default="f_gate_{here}_{here}"/>')
        flows += [(here, f"gate_{here}", ""), (f"gate_{here}", there, f"may_leave('{here}', lead, actor)")]
        flows.append((f"gate_{here}", here, ""))
    lines.append(f'<endEvent id="{ORDER[-1]}"/>')
    for source, target, guard in flows:
        test = f"<conditionExpression>{guard}</conditionExpression>" if guard else ""
        ends = f'sourceRef="{source}" targetRef="{target}"'
        lines.append(f'<sequenceFlow id="f_{source}_{target}" {ends}>{test}</sequenceFlow>')
    return "".join([*lines, "</process></definitions>"])


def spiffworkflow(leads: list[Lead]) -> Work:
    """SpiffWorkflow: one BPMN workflow for each lead, whose data travels from task to task."""
    parser = BpmnParser()
    parser.add_bpmn_str(bpmn().encode())
    spec = parser.get_spec("six")
    engine = PythonScriptEngine(environment=TaskDataEnvironment({"may_leave": may_leave_data}))
    workflows = [BpmnWorkflow(spec, script_engine=engine) for _ in leads]
    for workflow, lead in zip(workflows, leads, strict=True):
        data = {"id": lead.id, **RECORD, "documents": list(DOCUMENTS)}
        workflow.get_next_task(state=TaskState.READY).data["lead"] = data
        workflow.run_all()
    actors = [ACTOR[STAGES[here][0]] for here, _, _ in STEPS]

    def work() -> None:
        for workflow in workflows:
            for actor in actors:
                task = workflow.get_next_task(state=TaskState.READY, manual=True)
                task.data["actor"] = actor
                task.run()
                workflow.run_all()
            if not workflow.is_completed():
                raise AssertionError("a workflow was left half way")

    return work


PEERS: dict[str, Callable[[list[Lead]], Work]] = {
    "`transitions`, one shared machine": transitions_shared,
    "`transitions`, add_model": transitions_models,
    "python-statemachine": statemachine,
    "sismic": sismic,
    "SpiffWorkflow": spiffworkflow,
}

WITHOUT = {
    "`transitions`, one shared machine": "no reasons, history, clocks, messages, roles or fields; the guard is Python by hand",
    "`transitions`, add_model": "the same; registering a model searches a list, so opening many cases takes quadratic time",
    "python-statemachine": "no reasons, history, clocks or messages; a machine object for every case",
    "sismic": "no reasons or messages; time only through `after`/`idle` tests; guards are code inside the YAML",
    "SpiffWorkflow": "no reasons or messages; timers, and a tree of tasks as history; guards are code inside the BPMN",
}


def prepared(peer: Callable[[list[Lead]], Work], cases: int) -> tuple[Work, int]:
    """A peer with fresh leads, and how many moves its work makes."""
    return peer([a_lead(number) for number in range(cases)]), cases * len(STEPS)
