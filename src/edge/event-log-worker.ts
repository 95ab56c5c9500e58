import { type MessagePort, parentPort, receiveMessageOnPort, workerData } from "node:worker_threads";
import { EventLogFile, type EventLogFileOptions } from "./event-log-file.ts";
import type { EventLogAnswer, EventLogQuestion, EventLogValue } from "./event-log-messages.ts";
import { travelling } from "./travelling-failure.ts";

/** Appends that go into one transaction: one sync of the disk for all of them. */
const batchMax = 256;

type Append = Extract<EventLogQuestion, { ask: "append" }>;

function serve(port: MessagePort, file: EventLogFile): void {
  const say = (answer: EventLogAnswer): void => port.postMessage(answer);
  const appendAll = (appends: readonly Append[]): void => {
    const results = file.appendAll(appends.map(({ entry }) => entry));
    appends.forEach(({ request }, i) => {
      const result = results[i]!;
      if (typeof result === "number") say({ kind: "done", request, value: result });
      else say({ kind: "refused", request, failure: travelling(result, "event-log-failed") });
    });
  };
  const answer = (question: Exclude<EventLogQuestion, Append>): void => {
    const { request } = question;
    try {
      say({ kind: "done", request, value: resultOf(file, question) });
    } catch (error) {
      say({ kind: "refused", request, failure: travelling(error, "event-log-failed") });
    }
    if (question.ask === "close") port.close();
  };
  port.on("message", (first: EventLogQuestion) => {
    const appends: Append[] = [];
    for (let question: EventLogQuestion | null = first; question !== null; question = nextQuestion(port)) {
      if (question.ask === "append") appends.push(question);
      if (appends.length === batchMax || question.ask !== "append") appendAll(appends.splice(0));
      if (question.ask !== "append") answer(question);
    }
    appendAll(appends);
  });
}

function nextQuestion(port: MessagePort): EventLogQuestion | null {
  const received = receiveMessageOnPort(port);
  return received === undefined ? null : (received.message as EventLogQuestion);
}

function resultOf(file: EventLogFile, question: Exclude<EventLogQuestion, Append>): EventLogValue {
  switch (question.ask) {
    case "read":
      return file.read(question.range);
    case "remove":
      file.remove(question.sequences);
      return null;
    case "counts":
      return file.counts;
    case "close":
      file.close();
      return null;
  }
}

if (parentPort !== null) {
  try {
    const { file, damage } = EventLogFile.open(workerData as EventLogFileOptions);
    parentPort.postMessage({ kind: "opened", damage } satisfies EventLogAnswer);
    serve(parentPort, file);
  } catch (error) {
    parentPort.postMessage({
      kind: "not-opened",
      failure: travelling(error, "event-log-failed"),
    } satisfies EventLogAnswer);
  }
}
