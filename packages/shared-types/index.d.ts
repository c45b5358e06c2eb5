/**
 * Types of Graphrail's HTTP contract. Generated from api/openapi.yaml by
 * `npm run generate` in packages/shared-types; do not edit.
 */

export interface paths {
    "/api/generate": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Turn a text or a page into a graph
         * @description Reads the text, returns the graph, and keeps it for seven days under `meta.session_id`.
         *     Whatever was left out is said in `meta.warnings`.
         *
         *     With `Accept: text/event-stream` the answer is a stream of events (Server-Sent Events), each
         *     with an `id` that counts from 1 and JSON as `data`. A comment comes when nothing else does
         *     for 15 seconds. What goes wrong before the first event keeps its status. A client that
         *     closes the connection ends the generation, unless others wait for the same page.
         *
         *     | event | data |
         *     |---|---|
         *     | `stage` | StageEvent: what is being done, and how far it is |
         *     | `node` | Node, as the graph will hold it; one with an id seen before replaces that one |
         *     | `edge` | Edge, as the graph will hold it; both ends have been sent |
         *     | `warning` | Warning |
         *     | `done` | GenerateResult, the answer as without events; the last event |
         *     | `error` | Problem, as without events; the last event |
         */
        post: operations["generate"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/generate/session/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read a saved graph again
         * @description The answer that made it, word for word, until it expires.
         */
        get: operations["getSession"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/generate/session/{id}/source": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read the text a saved graph was made from
         * @description The offsets of every `evidence` count code points of this text.
         */
        get: operations["getSessionSource"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/usage": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What the caller has used and has left
         * @description Asking never consumes anything.
         */
        get: operations["getUsage"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/health": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Version and state of the parts
         * @description Answers 200 as long as the process can answer; `status` tells the rest.
         */
        get: operations["getHealth"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/livez": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Is the process alive? */
        get: operations["getLiveness"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/readyz": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Should requests be sent here? */
        get: operations["getReadiness"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/metrics": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Prometheus metrics */
        get: operations["getMetrics"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/openapi.json": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** This document */
        get: operations["getOpenApi"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/docs": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** This document as a page to read and try */
        get: operations["getDocs"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/docs/rapidoc.js": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The script of the documentation page */
        get: operations["getDocsScript"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Leads to the documentation */
        get: operations["getHome"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        GenerateRequest: {
            /** @description A text of 40 to 400,000 characters, or one address and nothing else: then the main text of its page is read. */
            input: string;
            /**
             * @description Skip every cache.
             * @default false
             */
            force_refresh: boolean;
            /**
             * @description `auto` takes a language model where one is configured, else the rules.
             * @default auto
             * @enum {string}
             */
            engine: "auto" | "llm" | "rules";
            /**
             * @description Which kinds of nodes and relations to look for.
             * @default venture
             * @enum {string}
             */
            schema: "venture" | "general";
        };
        GenerateResult: {
            graph: components["schemas"]["Graph"];
            meta: components["schemas"]["GenerateMeta"];
        };
        Graph: {
            nodes: components["schemas"]["Node"][];
            edges: components["schemas"]["Edge"][];
        };
        Node: {
            /** @description Lowercase slug, unique in its graph, the same for the same input */
            id: string;
            label: string;
            /** @description A type of the schema, such as Investor, Project or Round */
            type: string;
            /** @description Other forms of the name found in the text */
            aliases: string[];
            /** @description Typed attributes, such as stage, amount, currency and date of a round */
            properties: {
                [key: string]: unknown;
            };
        };
        Edge: {
            /** @description Id of the node it starts from */
            source: string;
            /** @description Id of the node it leads to */
            target: string;
            relationship: string;
            evidence: components["schemas"]["Evidence"][];
        };
        Evidence: {
            /** @description Verbatim from the text */
            quote: string;
            /** @description First code point of the quote */
            start: number;
            /** @description One past its last code point */
            end: number;
        };
        GenerateMeta: {
            /** @description Reads this answer again at /api/generate/session/{id} */
            session_id: string;
            /** @description Tokens the model was billed for */
            token_count: number;
            /** @enum {string} */
            source_type: "url" | "text";
            processing_ms: number;
            /** @description The text of the page came from the cache */
            cache_hit: boolean;
            cache_age_seconds: number | null;
            /** @description Age of the model's answer where it was kept from an earlier request */
            graph_cache_age_seconds: number | null;
            /** @enum {string} */
            engine: "llm" | "rules";
            model: string | null;
            /** @description Of the instructions to the model; null for the rules engine */
            prompt_version: string | null;
            /**
             * @description How the model server was asked for JSON; null for the rules engine
             * @enum {string|null}
             */
            answer_form: "strict_schema" | "schema" | "json_object" | "plain_text" | null;
            /** @description By the operator's price table; null where that has no price */
            cost_usd: number | null;
            /** @enum {string} */
            schema: "venture" | "general";
            /** @description This answer was charged to the caller's allowance */
            metered: boolean;
            /** @description Part of the text was not read */
            truncated: boolean;
            /** @description Code points of the text that was read */
            input_chars: number;
            /** @description How much of the text a model read; null for the rules engine */
            coverage: components["schemas"]["Coverage"] | null;
            /** @description Names that were taken for one entity */
            merges: components["schemas"]["Merge"][];
            warnings: components["schemas"]["Warning"][];
        };
        Coverage: {
            /** @description Parts the text was read in */
            chunks: number;
            failed_chunks: number;
            /** @description Code points of the parts that were read to their end */
            chars_read: number;
            chars: number;
        };
        Merge: {
            /** @description A name in the text */
            label: string;
            /** @description Label of the node it became an alias of */
            into: string;
            /** @description Such as legal form, alias, acronym or spelling */
            reason: string;
        };
        StageEvent: {
            /** @enum {string} */
            stage: "reading" | "extracting" | "saving";
            /**
             * @description With the first word on extracting, as is input_chars
             * @enum {string}
             */
            engine?: "llm" | "rules";
            input_chars?: number;
            /** @description Parts of the text, in later words on extracting */
            chunks?: number;
            chunks_done?: number;
            /** @description Found so far */
            nodes?: number;
            edges?: number;
        };
        Warning: {
            code: string;
            message: string;
        };
        Usage: {
            used: number;
            limit: number;
            /** @description Unix second at which the next window begins */
            reset: number;
            remaining: number;
            tier: string;
            /** @description A generation by this caller would be charged now */
            metered: boolean;
        };
        Health: {
            /** @enum {string} */
            status: "ok" | "degraded" | "draining";
            version: string;
            checks: {
                /** @enum {string} */
                store: "ok" | "unavailable";
            };
        };
        /** @description RFC 9457 problem details */
        Problem: {
            type: string;
            title: string;
            status: number;
            detail: string;
            request_id: string;
            /**
             * @description The code to branch on
             * @enum {string}
             */
            error: "invalid_request" | "invalid_url" | "input_too_short" | "scrape_failed" | "not_found" | "method_not_allowed" | "payload_too_large" | "header_too_large" | "unsupported_media_type" | "request_timeout" | "expectation_failed" | "not_implemented" | "http_version_not_supported" | "service_unavailable" | "internal_error";
            /** @description The sentence to show, the same as `detail` */
            message: string;
            /** @description The member of the request at fault */
            field?: string;
            /** @description What kind of fault, below `error`. With `scrape_failed` one of not_found, blocked, js_required, bot_challenge, paywall, consent_wall, login_required, unsupported_type, too_large, too_little_text, empty, timeout, unreachable, tls_error, bad_redirect, bad_response, bad_encoding, bad_status, rate_limited, upstream_error, robots_disallowed. What a model server does begins with model_. */
            reason?: string;
            /** @description Seconds after which a retry may work */
            retry_after?: number;
        };
    };
    responses: {
        /** @description `not_found`: no graph under that id, or it has expired */
        SessionNotFound: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description `payload_too_large`: the body exceeds 1 MiB, or the text 400,000 characters */
        PayloadTooLarge: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description `unsupported_media_type`: the body must be application/json in UTF-8 */
        UnsupportedMediaType: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description `service_unavailable`: try again after the seconds named */
        ServiceUnavailable: {
            headers: {
                "Retry-After": components["headers"]["RetryAfter"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /**
         * @description `service_unavailable`: try again after the seconds named. Where the model is the cause,
         *     `reason` says how: `model_unavailable`, `model_timeout`, `model_rate_limited`, `model_busy`,
         *     `model_malformed_answer`, or, for the operator to mend, `model_key_refused`,
         *     `model_quota_exhausted`, `model_not_found`, `model_unsupported`.
         */
        ModelUnavailable: {
            headers: {
                "Retry-After": components["headers"]["RetryAfter"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description `internal_error` and whatever else goes wrong, in the same shape */
        OtherProblem: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description The client's copy (`If-None-Match`) is still current */
        NotModified: {
            headers: {
                [name: string]: unknown;
            };
            content?: never;
        };
    };
    parameters: {
        /** @description The `session_id` of an answer */
        SessionId: string;
    };
    requestBodies: never;
    headers: {
        /** @description Never kept by a cache */
        NoStore: "no-store";
        /** @description Never kept by a cache */
        PrivateNoStore: "private, no-store";
        /** @description The id of this request in the server's log */
        RequestId: string;
        /** @description Seconds after which a retry may work */
        RetryAfter: string;
    };
    pathItems: never;
}
export type GenerateRequest = components['schemas']['GenerateRequest'];
export type GenerateResult = components['schemas']['GenerateResult'];
export type Graph = components['schemas']['Graph'];
export type Node = components['schemas']['Node'];
export type Edge = components['schemas']['Edge'];
export type Evidence = components['schemas']['Evidence'];
export type GenerateMeta = components['schemas']['GenerateMeta'];
export type Coverage = components['schemas']['Coverage'];
export type Merge = components['schemas']['Merge'];
export type StageEvent = components['schemas']['StageEvent'];
export type Warning = components['schemas']['Warning'];
export type Usage = components['schemas']['Usage'];
export type Health = components['schemas']['Health'];
export type Problem = components['schemas']['Problem'];
export type ResponseSessionNotFound = components['responses']['SessionNotFound'];
export type ResponsePayloadTooLarge = components['responses']['PayloadTooLarge'];
export type ResponseUnsupportedMediaType = components['responses']['UnsupportedMediaType'];
export type ResponseServiceUnavailable = components['responses']['ServiceUnavailable'];
export type ResponseModelUnavailable = components['responses']['ModelUnavailable'];
export type ResponseOtherProblem = components['responses']['OtherProblem'];
export type ResponseNotModified = components['responses']['NotModified'];
export type ParameterSessionId = components['parameters']['SessionId'];
export type HeaderNoStore = components['headers']['NoStore'];
export type HeaderPrivateNoStore = components['headers']['PrivateNoStore'];
export type HeaderRequestId = components['headers']['RequestId'];
export type HeaderRetryAfter = components['headers']['RetryAfter'];
export type $defs = Record<string, never>;
export interface operations {
    generate: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["GenerateRequest"];
            };
        };
        responses: {
            /** @description The graph */
            200: {
                headers: {
                    "Cache-Control": components["headers"]["NoStore"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GenerateResult"];
                    "text/event-stream": string;
                };
            };
            /**
             * @description The request cannot be understood or answered: `invalid_request` (`field` names the
             *     member at fault, `reason` the kind of fault), `invalid_url`, `input_too_short`,
             *     `scrape_failed` (the page behind an address gave no text; `reason` says why). A model
             *     that does not take the text is `invalid_request` with `reason`
             *     `model_context_overflow`, `model_content_filter` or `model_refused`.
             */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            413: components["responses"]["PayloadTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            503: components["responses"]["ModelUnavailable"];
            default: components["responses"]["OtherProblem"];
        };
    };
    getSession: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The `session_id` of an answer */
                id: components["parameters"]["SessionId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The graph */
            200: {
                headers: {
                    "Cache-Control": components["headers"]["PrivateNoStore"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GenerateResult"];
                };
            };
            404: components["responses"]["SessionNotFound"];
            503: components["responses"]["ServiceUnavailable"];
            default: components["responses"]["OtherProblem"];
        };
    };
    getSessionSource: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The `session_id` of an answer */
                id: components["parameters"]["SessionId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The text */
            200: {
                headers: {
                    "Cache-Control": components["headers"]["PrivateNoStore"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "text/plain": string;
                };
            };
            404: components["responses"]["SessionNotFound"];
            503: components["responses"]["ServiceUnavailable"];
            default: components["responses"]["OtherProblem"];
        };
    };
    getUsage: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The caller's allowance; all zero while quotas are off */
            200: {
                headers: {
                    "Cache-Control": components["headers"]["NoStore"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Usage"];
                };
            };
            default: components["responses"]["OtherProblem"];
        };
    };
    getHealth: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The state */
            200: {
                headers: {
                    "Cache-Control": components["headers"]["NoStore"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Health"];
                };
            };
        };
    };
    getLiveness: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description It is */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/plain": "ok\n";
                };
            };
        };
    };
    getReadiness: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Yes */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/plain": "ok\n";
                };
            };
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    getMetrics: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Prometheus text format 0.0.4 */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/plain": string;
                };
            };
        };
    };
    getOpenApi: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OpenAPI 3.1 */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        [key: string]: unknown;
                    };
                };
            };
            304: components["responses"]["NotModified"];
        };
    };
    getDocs: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The page; it loads nothing from other hosts */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/html": string;
                };
            };
            304: components["responses"]["NotModified"];
        };
    };
    getDocsScript: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description JavaScript */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/javascript": string;
                };
            };
            304: components["responses"]["NotModified"];
        };
    };
    getHome: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Go to /docs */
            302: {
                headers: {
                    Location?: "/docs";
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
}
