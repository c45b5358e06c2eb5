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
         *
         *     A generation that the operator's model key pays for is charged to the caller's allowance
         *     before anything is read or asked. The charge is given back when no model was asked, when it
         *     failed, and when the answer was a kept one; it stands once the model has answered. A caller
         *     who leaves before the first node, or whose text the model declines, gets it back five times
         *     in 24 hours.
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
         * @description Asking never consumes anything of the allowance; the burst limit counts it as it counts
         *     every request below `/api`. The numbers belong to whoever asks: the bearer of the token,
         *     else the address. They also come as `RateLimit-Policy` and `RateLimit`.
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
            /** @description This answer was charged, to the caller's allowance or the operator's budget. False with an own key and with the rules engine (unless the operator charges every generation), and for an answer of the model that had been kept. */
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
            /** @description Generations of this UTC day that were charged and not given back */
            used: number;
            /** @description How many there may be */
            limit: number;
            /** @description Unix second at which the next window begins, the next 00:00 UTC */
            reset: number;
            /** @description `limit` less `used` */
            remaining: number;
            /** @description `anon`, `auth` with a token, or the tier that the token names */
            tier: string;
            /** @description A generation by this caller with the default engine would be charged to this allowance now; false with an own key, and where there is no model */
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
            /** @description about:blank; with `rate_limited` one of https://iana.org/assignments/http-problem-types#quota-exceeded and #abnormal-usage-detected */
            type: string;
            title: string;
            status: number;
            detail: string;
            request_id: string;
            /**
             * @description The code to branch on
             * @enum {string}
             */
            error: "invalid_request" | "invalid_url" | "input_too_short" | "scrape_failed" | "unauthorized" | "own_key_refused" | "not_found" | "method_not_allowed" | "idempotency_conflict" | "payload_too_large" | "header_too_large" | "unsupported_media_type" | "idempotency_mismatch" | "rate_limited" | "request_timeout" | "expectation_failed" | "not_implemented" | "http_version_not_supported" | "service_unavailable" | "internal_error";
            /** @description The sentence to show, the same as `detail` */
            message: string;
            /** @description The member of the request at fault */
            field?: string;
            /** @description What kind of fault, below `error`. With `scrape_failed` one of not_found, blocked, js_required, bot_challenge, paywall, consent_wall, login_required, unsupported_type, too_large, too_little_text, empty, timeout, unreachable, tls_error, bad_redirect, bad_response, bad_encoding, bad_status, rate_limited, upstream_error, robots_disallowed. What a model server does begins with model_. */
            reason?: string;
            /** @description Seconds after which a retry may work */
            retry_after?: number;
            /**
             * @description With `rate_limited`, the limit that was hit
             * @enum {string}
             */
            violated?: "daily" | "burst" | "budget" | "abuse";
            /** @description The same as draft-ietf-httpapi-ratelimit-headers names it */
            "violated-policies"?: string[];
        };
    };
    responses: {
        /**
         * @description `unauthorized`: a bearer token that is no good here, with `WWW-Authenticate: Bearer
         *     error="invalid_token"` (RFC 6750); `reason` is one of malformed, too_large, unsupported,
         *     algorithm_mismatch, unknown_key, key_id_required, bad_signature, expired, not_yet_valid,
         *     wrong_issuer, wrong_audience, wrong_party, bad_claim, sign_in_off.
         *
         *     `own_key_refused`: `X-OpenAI-Key` is no key (`malformed`), the model server refuses it
         *     (`refused`), its account has no credit (`no_credit`), or this server takes none
         *     (`not_taken`). The last three come only from a generation.
         */
        Unauthorized: {
            headers: {
                "WWW-Authenticate": components["headers"]["WwwAuthenticate"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description `idempotency_conflict`: the first request with this Idempotency-Key still runs */
        StillRunning: {
            headers: {
                "Retry-After": components["headers"]["RetryAfter"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /**
         * @description `idempotency_mismatch`: this Idempotency-Key was used with another body, or with the same
         *     one, X-OpenAI-Key once sent and once not; make a new key
         */
        OtherPayload: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /**
         * @description `rate_limited`: `violated` names the limit that was hit, and so does `violated-policies`.
         *
         *     | `violated` | limit | `RateLimit-Policy` | `RateLimit` |
         *     |---|---|---|---|
         *     | `daily` | the caller's allowance | `"daily";q=1;w=86400` | `"daily";r=0;t=2198` |
         *     | `budget` | what all callers together may use | none | none |
         *     | `burst` | requests of an address | `"burst";q=60;w=60` | `"burst";r=0;t=60` |
         *     | `abuse` | refused tokens and keys of an address | none | none |
         *
         *     `type` is `https://iana.org/assignments/http-problem-types#quota-exceeded`, with `abuse`
         *     `…#abnormal-usage-detected` (draft-ietf-httpapi-ratelimit-headers, as are the two fields).
         */
        RateLimited: {
            headers: {
                "Retry-After": components["headers"]["RetryAfter"];
                "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                RateLimit: components["headers"]["RateLimit"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /**
         * @description `rate_limited` with `violated` `burst` (then with `RateLimit-Policy` and `RateLimit`) or
         *     `abuse`; the answer of a generation tells more of them
         */
        TooManyRequests: {
            headers: {
                "Retry-After": components["headers"]["RetryAfter"];
                "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                RateLimit: components["headers"]["RateLimit"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
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
        /**
         * @description `service_unavailable`: try again after the seconds named. `reason` is `sign_in_unavailable`
         *     when a token cannot be checked because its issuer cannot be reached.
         */
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
         *     `model_quota_exhausted`, `model_not_found`, `model_unsupported`. `sign_in_unavailable`: a
         *     token cannot be checked because its issuer cannot be reached. Nothing stays charged.
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
        /**
         * @description Makes it safe to send the request again: for 24 hours the same key with the same body is
         *     answered with the first answer, for nothing. A failed request leaves the key free. Keys
         *     belong to the caller (token, else address). Quotes around it (RFC 8941 strings) are dropped.
         * @example 1f0d7a3c-5c1e-4a63-9c1b-6a2e0c9f7b11
         */
        IdempotencyKey: string;
        /** @description The `session_id` of an answer */
        SessionId: string;
    };
    requestBodies: never;
    headers: {
        /** @description Never kept by a cache */
        NoStore: "no-store";
        /** @description Never kept by a cache */
        PrivateNoStore: "private, no-store";
        /** @description With an answer given again for its Idempotency-Key */
        IdempotencyReplayed: "true";
        /** @description Name, limit (`q`) and seconds of the window (`w`) of a limit that was counted */
        RateLimitPolicy: string;
        /** @description What is left of it (`r`), and seconds until there is more (`t`) */
        RateLimit: string;
        /** @description For `unauthorized` as in RFC 6750, for `own_key_refused` the field's name */
        WwwAuthenticate: string;
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
export type ResponseUnauthorized = components['responses']['Unauthorized'];
export type ResponseStillRunning = components['responses']['StillRunning'];
export type ResponseOtherPayload = components['responses']['OtherPayload'];
export type ResponseRateLimited = components['responses']['RateLimited'];
export type ResponseTooManyRequests = components['responses']['TooManyRequests'];
export type ResponseSessionNotFound = components['responses']['SessionNotFound'];
export type ResponsePayloadTooLarge = components['responses']['PayloadTooLarge'];
export type ResponseUnsupportedMediaType = components['responses']['UnsupportedMediaType'];
export type ResponseServiceUnavailable = components['responses']['ServiceUnavailable'];
export type ResponseModelUnavailable = components['responses']['ModelUnavailable'];
export type ResponseOtherProblem = components['responses']['OtherProblem'];
export type ResponseNotModified = components['responses']['NotModified'];
export type ParameterIdempotencyKey = components['parameters']['IdempotencyKey'];
export type ParameterSessionId = components['parameters']['SessionId'];
export type HeaderNoStore = components['headers']['NoStore'];
export type HeaderPrivateNoStore = components['headers']['PrivateNoStore'];
export type HeaderIdempotencyReplayed = components['headers']['IdempotencyReplayed'];
export type HeaderRateLimitPolicy = components['headers']['RateLimitPolicy'];
export type HeaderRateLimit = components['headers']['RateLimit'];
export type HeaderWwwAuthenticate = components['headers']['WwwAuthenticate'];
export type HeaderRequestId = components['headers']['RequestId'];
export type HeaderRetryAfter = components['headers']['RetryAfter'];
export type $defs = Record<string, never>;
export interface operations {
    generate: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description Makes it safe to send the request again: for 24 hours the same key with the same body is
                 *     answered with the first answer, for nothing. A failed request leaves the key free. Keys
                 *     belong to the caller (token, else address). Quotes around it (RFC 8941 strings) are dropped.
                 * @example 1f0d7a3c-5c1e-4a63-9c1b-6a2e0c9f7b11
                 */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["GenerateRequest"];
            };
        };
        responses: {
            /**
             * @description The graph. Where it was charged to an allowance, `RateLimit-Policy` and `RateLimit` tell
             *     how that stood when the charge was taken: `"daily";q=3;w=86400` and
             *     `"daily";r=2;t=41234`. An answer given again for an `Idempotency-Key` has
             *     `Idempotency-Replayed: true` instead.
             */
            200: {
                headers: {
                    "Cache-Control": components["headers"]["NoStore"];
                    "Idempotency-Replayed": components["headers"]["IdempotencyReplayed"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    RateLimit: components["headers"]["RateLimit"];
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
             *     `scrape_failed` (the page behind an address gave no text; `reason` says why). An
             *     `Idempotency-Key` that is none is `invalid_request` with `field` `Idempotency-Key`. A
             *     model that does not take the text is `invalid_request` with `reason`
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
            401: components["responses"]["Unauthorized"];
            409: components["responses"]["StillRunning"];
            413: components["responses"]["PayloadTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["OtherPayload"];
            429: components["responses"]["RateLimited"];
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
            401: components["responses"]["Unauthorized"];
            404: components["responses"]["SessionNotFound"];
            429: components["responses"]["TooManyRequests"];
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
            401: components["responses"]["Unauthorized"];
            404: components["responses"]["SessionNotFound"];
            429: components["responses"]["TooManyRequests"];
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
            /**
             * @description The caller's allowance. Where the operator has switched it off, all numbers are 0 and
             *     `metered` is false, and the two fields are missing.
             */
            200: {
                headers: {
                    "Cache-Control": components["headers"]["NoStore"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    RateLimit: components["headers"]["RateLimit"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Usage"];
                };
            };
            401: components["responses"]["Unauthorized"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["ServiceUnavailable"];
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
