// HTML element names and what the parser and the reader must know about each: whether it is void,
// starts a block, closes an open paragraph, bounds a scope, or never holds text for a reader.
// Names follow the HTML Standard (WHATWG), sections 4 and 13. Constant data, any thread.
#pragma once

#include <cstdint>
#include <string_view>

namespace graphrail::page {

enum class Tag : std::uint8_t {
  kText,     // a run of characters, not an element
  kUnknown,  // an element the standard does not name
  kCustom,   // an autonomous custom element: its name holds a hyphen
  kA,
  kAbbr,
  kAddress,
  kApplet,
  kArea,
  kArticle,
  kAside,
  kAudio,
  kB,
  kBase,
  kBlockquote,
  kBody,
  kBr,
  kButton,
  kCanvas,
  kCaption,
  kCenter,
  kCode,
  kCol,
  kColgroup,
  kDatalist,
  kDd,
  kDel,
  kDetails,
  kDialog,
  kDir,
  kDiv,
  kDl,
  kDt,
  kEm,
  kEmbed,
  kFieldset,
  kFigcaption,
  kFigure,
  kFont,
  kFooter,
  kForm,
  kFrame,
  kFrameset,
  kH1,
  kH2,
  kH3,
  kH4,
  kH5,
  kH6,
  kHead,
  kHeader,
  kHgroup,
  kHr,
  kHtml,
  kI,
  kIframe,
  kImg,
  kInput,
  kIns,
  kKbd,
  kLabel,
  kLegend,
  kLi,
  kLink,
  kListing,
  kMain,
  kMap,
  kMark,
  kMarquee,
  kMath,
  kMenu,
  kMeta,
  kMeter,
  kNav,
  kNobr,
  kNoembed,
  kNoframes,
  kNoscript,
  kObject,
  kOl,
  kOptgroup,
  kOption,
  kOutput,
  kP,
  kParam,
  kPicture,
  kPlaintext,
  kPre,
  kProgress,
  kQ,
  kRp,
  kRt,
  kRuby,
  kS,
  kSamp,
  kScript,
  kSearch,
  kSection,
  kSelect,
  kSmall,
  kSource,
  kSpan,
  kStrike,
  kStrong,
  kStyle,
  kSub,
  kSummary,
  kSup,
  kSvg,
  kTable,
  kTbody,
  kTd,
  kTemplate,
  kTextarea,
  kTfoot,
  kTh,
  kThead,
  kTime,
  kTitle,
  kTr,
  kTrack,
  kTt,
  kU,
  kUl,
  kVar,
  kVideo,
  kWbr,
  kXmp,
  kCount
};

/// Bits of `tag_traits`.
enum TagTrait : std::uint16_t {
  kVoidElement = 1U << 0U,      // has no content and no end tag
  kBlockElement = 1U << 1U,     // breaks the line before and after
  kClosesParagraph = 1U << 2U,  // its start tag ends an open p
  kScopeBoundary = 1U << 3U,    // "has an element in scope" stops here
  kSpecialElement = 1U << 4U,   // "special" category: an inline end tag does not reach past it
  kUnreadElement = 1U << 5U,    // its text is never shown as prose: script, svg, select, ...
  kImpliedEnd = 1U << 6U,       // "generate implied end tags" may close it
  kHeading = 1U << 7U,          // h1 to h6
  kRawText = 1U << 8U,          // content is not markup: script, style, ...
  kEscapableRawText = 1U << 9U  // as above, but character references count: title, textarea
};

/// The traits of `tag` as TagTrait bits.
[[nodiscard]] std::uint16_t tag_traits(Tag tag) noexcept;

[[nodiscard]] inline bool has_trait(Tag tag, TagTrait trait) noexcept {
  return (tag_traits(tag) & trait) != 0;
}

/// The tag of an element name in any case; kCustom or kUnknown when the standard has none.
[[nodiscard]] Tag tag_from_name(std::string_view name) noexcept;

/// The element's name in lower case; empty for text and elements without a Tag of their own.
[[nodiscard]] std::string_view tag_name(Tag tag) noexcept;

}  // namespace graphrail::page
