// The wording by which gates (gates.h) know challenges, walls, log-ins, error pages and shells.
// All phrases are in lower case as ASCII lower-casing leaves them. Constant data, any thread.
#pragma once

#include <array>
#include <string_view>

namespace graphrail::page {

/// Titles of pages that check for robots.
inline constexpr auto kChallengeTitles = std::to_array<std::string_view>(
    {"just a moment", "attention required", "robot challenge", "security check", "are you a robot",
     "are you human", "human verification", "bot verification", "ddos-guard",
     "pardon our interruption", "one moment, please", "access to this page has been denied",
     "captcha", "verifying you are human", "checking your browser"});

/// What such pages say.
inline constexpr auto kChallengeTexts =
    std::to_array<std::string_view>({"checking your browser",
                                     "checking if the site connection is secure",
                                     "checking the site connection",
                                     "verify you are human",
                                     "verify that you are human",
                                     "verify you are not a robot",
                                     "verifying you are human",
                                     "confirm you are human",
                                     "prove you are human",
                                     "you are not a robot",
                                     "you're not a robot",
                                     "i'm not a robot",
                                     "are you a robot",
                                     "unusual traffic",
                                     "unusual activity",
                                     "automated access",
                                     "automated requests",
                                     "complete the captcha",
                                     "solve the captcha",
                                     "complete the security check",
                                     "ddos protection by",
                                     "please stand by, while we are checking",
                                     "press & hold",
                                     "press and hold to",
                                     "bot detection",
                                     "suspicious activity from your"});

/// What must be said beside a challenge vendor's markup.
inline constexpr auto kChallengeWords = std::to_array<std::string_view>(
    {"captcha", "human", "robot", "javascript", "security", "moment", "access denied"});

/// Titles of refusals.
inline constexpr auto kRefusalTitles = std::to_array<std::string_view>(
    {"access denied", "403 forbidden", "forbidden", "request blocked", "you have been blocked"});

/// What the title of an error page says.
inline constexpr auto kErrorTitles = std::to_array<std::string_view>({"page not found",
                                                                      "page does not exist",
                                                                      "page doesn't exist",
                                                                      "page doesn’t exist",
                                                                      "404 not found",
                                                                      "404 error",
                                                                      "error 404",
                                                                      "page isn't available",
                                                                      "page isn’t available",
                                                                      "can't find that page",
                                                                      "can’t find that page",
                                                                      "can't find the page",
                                                                      "can’t find the page",
                                                                      "seite nicht gefunden",
                                                                      "page introuvable",
                                                                      "page non trouvée",
                                                                      "página no encontrada",
                                                                      "pagina non trovata",
                                                                      "página não encontrada",
                                                                      "pagina niet gevonden",
                                                                      "страница не найдена",
                                                                      "ページが見つかりません",
                                                                      "页面不存在",
                                                                      "找不到页面",
                                                                      "404",
                                                                      "not found",
                                                                      "sidan hittades inte"});

/// What an error page says when it says little else.
inline constexpr auto kErrorTexts = std::to_array<std::string_view>({"page not found",
                                                                     "not be found",
                                                                     "page does not exist",
                                                                     "page doesn't exist",
                                                                     "page doesn’t exist",
                                                                     "404 not found",
                                                                     "404 error",
                                                                     "error 404",
                                                                     "page isn't available",
                                                                     "page isn’t available",
                                                                     "no longer available",
                                                                     "page unavailable",
                                                                     "nothing was found",
                                                                     "nothing found",
                                                                     "can't find that page",
                                                                     "can’t find that page",
                                                                     "can't find the page",
                                                                     "can’t find the page",
                                                                     "couldn't find",
                                                                     "couldn’t find",
                                                                     "page has moved or",
                                                                     "seite nicht gefunden",
                                                                     "nicht gefunden",
                                                                     "page introuvable",
                                                                     "page non trouvée",
                                                                     "página no encontrada",
                                                                     "no se encontró",
                                                                     "pagina non trovata",
                                                                     "página não encontrada",
                                                                     "pagina niet gevonden",
                                                                     "страница не найдена",
                                                                     "ページが見つかりません",
                                                                     "页面不存在",
                                                                     "找不到页面",
                                                                     "nie znaleziono",
                                                                     "sidan hittades inte"});

/// Titles of log-in pages.
inline constexpr auto kLoginTitles = std::to_array<std::string_view>(
    {"sign in", "sign-in", "log in", "log-in", "login", "signin", "anmelden", "einloggen",
     "connexion", "iniciar sesión", "accedi", "авторизация", "вход"});

/// What asks a visitor to log in.
inline constexpr auto kLoginRequests = std::to_array<std::string_view>(
    {"log in to continue", "login to continue", "sign in to continue", "please log in",
     "please sign in", "please login", "you must be logged in", "you must log in",
     "you need to log in", "you need to sign in", "you must sign in", "log in to view",
     "sign in to view", "log in to see", "sign in to see", "members only", "login required"});

/// Buttons of consent dialogs.
inline constexpr auto kConsentButtons = std::to_array<std::string_view>({"accept all",
                                                                         "accept cookies",
                                                                         "accept & continue",
                                                                         "accept and continue",
                                                                         "i accept",
                                                                         "i agree",
                                                                         "agree and",
                                                                         "agree to all",
                                                                         "allow all",
                                                                         "reject all",
                                                                         "manage settings",
                                                                         "manage options",
                                                                         "manage preferences",
                                                                         "manage cookies",
                                                                         "cookie settings",
                                                                         "cookie preferences",
                                                                         "got it",
                                                                         "alle akzeptieren",
                                                                         "zustimmen",
                                                                         "tout accepter",
                                                                         "aceptar",
                                                                         "accetta",
                                                                         "akkoord",
                                                                         "accept"});

/// What consent dialogs talk about.
inline constexpr auto kConsentWords = std::to_array<std::string_view>(
    {"cookie", "consent", "gdpr", "personal data", "privacy", "our partners", "legitimate interest",
     "einwilligung", "datenschutz", "données personnelles"});

/// What asks a reader to pay or register.
inline constexpr auto kPaywallRequests =
    std::to_array<std::string_view>({"subscribe to continue",
                                     "subscribe to read",
                                     "subscribe to keep reading",
                                     "subscribe now to continue",
                                     "subscribe to unlock",
                                     "subscribe for full access",
                                     "to continue reading",
                                     "continue reading with a",
                                     "to keep reading",
                                     "unlock this article",
                                     "for subscribers only",
                                     "subscribers only",
                                     "subscriber-only",
                                     "exclusive to subscribers",
                                     "become a member to",
                                     "free articles left",
                                     "free articles this month",
                                     "limit of free articles",
                                     "reached your limit",
                                     "reached your article limit",
                                     "start your free trial to",
                                     "register to continue",
                                     "create a free account to",
                                     "only available to subscribers",
                                     "available to subscribers",
                                     "this content is for members",
                                     "weiterlesen mit",
                                     "nur für abonnenten",
                                     "réservé aux abonnés",
                                     "la suite est réservée",
                                     "exclusivo para suscriptores",
                                     "suscríbete para",
                                     "riservato agli abbonati",
                                     "доступно подписчикам",
                                     "subscribe to read this",
                                     "sign in to read",
                                     "register to read",
                                     "log in to read",
                                     "subscribe to view",
                                     "subscription to read",
                                     "subscription required"});

/// What asks for JavaScript.
inline constexpr auto kScriptRequests = std::to_array<std::string_view>(
    {"enable javascript", "javascript is disabled", "javascript is required", "requires javascript",
     "need javascript", "turn on javascript", "javascript to run", "without javascript",
     "activate javascript", "javascript must be enabled", "javascript aktivieren",
     "activer javascript", "habilita javascript", "activar javascript",
     "browser doesn't support javascript", "supports javascript"});

}  // namespace graphrail::page
