import { createRoot } from "react-dom/client";
import { App } from "./app";
import { start } from "./session";
import "./workers";
import "graphiql/style.css";
import "./style.css";
import "./result/result.css";

const root = document.getElementById("playground");
if (root) createRoot(root).render(<App />);
void start();
