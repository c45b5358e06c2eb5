#include "page/metadata.h"

#include <algorithm>
#include <array>
#include <boost/url.hpp>
#include <utility>

#include "page/ascii.h"
#include "page/dates.h"
#include "page/html_entities.h"
#include "page/structured_data.h"
#include "page/text_writer.h"

namespace graphrail::page {
namespace {

constexpr std::size_t kMaxScripts = 16;
constexpr std::size_t kMaxScriptBytes = 512 * 1024;
constexpr std::size_t kMaxValueBytes = 2000;

/// A value as a reader sees it: references decoded, white space collapsed, invisible text removed.
std::string clean(std::string_view raw) {
  TextWriter writer(std::min(raw.size(), kMaxValueBytes));
  writer.append(raw.substr(0, kMaxValueBytes), false, false, false);
  return std::move(writer).take_text();
}

void set_once(std::string& target, std::string value) {
  if (target.empty()) target = std::move(value);
}

// Names under which publishers give the day of publication, in the order they are trusted.
constexpr auto kDateNames = std::to_array<std::string_view>(
    {"article:published_time", "og:published_time", "datepublished",  "article:published",
     "parsely-pub-date",       "sailthru.date",     "publish-date",   "publish_date",
     "publication_date",       "pubdate",           "dc.date.issued", "dcterms.created",
     "dcterms.date",           "dc.date",           "date",           "article.published",
     "published-date",         "publishdate",       "creation_date",  "datecreated"});

class MetadataReader {
 public:
  MetadataReader(const HtmlTree& tree, std::string_view url) : tree_(tree), url_(url) {}

  PageMetadata read() {
    for (NodeIndex at = 1; at < tree_.size(); ++at) visit(at);
    finish();
    return std::move(result_);
  }

 private:
  void visit(NodeIndex at) {
    switch (tree_[at].tag) {
      case Tag::kTitle:
        if (result_.document_title.empty() && !inside_svg(at)) {
          result_.document_title = clean(text_of(at));
        }
        break;
      case Tag::kMeta:
        read_meta(at);
        break;
      case Tag::kLink:
        if (equals_ignoring_case(value(at, AttributeName::kRel), "canonical")) {
          set_once(canonical_, clean(value(at, AttributeName::kHref)));
        }
        break;
      case Tag::kTime:
        read_time(at);
        break;
      case Tag::kScript:
        read_script(at);
        break;
      default:
        break;
    }
  }

  [[nodiscard]] std::string_view value(NodeIndex at, AttributeName name) const {
    return trim_ascii_space(tree_.value(at, name));
  }

  [[nodiscard]] std::string_view text_of(NodeIndex at) const {
    return tree_[at].end > at + 1 ? tree_[at + 1].text : std::string_view();
  }

  [[nodiscard]] bool inside_svg(NodeIndex at) const {
    return tree_[tree_[at].parent].tag == Tag::kSvg;
  }

  void read_meta(NodeIndex at) {
    std::string_view name = value(at, AttributeName::kProperty);
    if (name.empty()) name = value(at, AttributeName::kName);
    if (name.empty()) name = value(at, AttributeName::kItemprop);
    if (name.empty()) return;
    const std::string_view content = value(at, AttributeName::kContent);
    const auto is = [name](std::string_view lower) { return equals_ignoring_case(name, lower); };
    if (is("og:title")) set_once(og_title_, clean(content));
    if (is("twitter:title")) set_once(twitter_title_, clean(content));
    if (is("og:site_name")) set_once(result_.site_name, clean(content));
    if (is("application-name")) set_once(application_name_, clean(content));
    if (is("og:url")) set_once(og_url_, clean(content));
    for (std::size_t rank = 0; rank < date_rank_; ++rank) {
      if (!is(kDateNames[rank])) continue;
      std::string date = iso_date(content);
      if (date.empty()) continue;
      result_.published = std::move(date);
      date_rank_ = rank;
    }
  }

  void read_time(NodeIndex at) {
    if (!first_time_.empty()) return;
    first_time_ = iso_date(value(at, AttributeName::kDatetime));
  }

  void read_script(NodeIndex at) {
    const std::string_view type = value(at, AttributeName::kType);
    if (!starts_with_ignoring_case(type, "application/ld+json")) return;
    const std::string_view json = text_of(at);
    if (++scripts_ > kMaxScripts || json.size() > kMaxScriptBytes) return;
    read_structured_data(json, data_);
  }

  void finish() {
    const std::string headline = clean(data_.headline);
    for (const std::string& title : {og_title_, headline, twitter_title_, result_.document_title}) {
      if (!title.empty()) result_.titles.push_back(title);
    }
    set_once(result_.site_name, clean(data_.publisher));
    set_once(result_.site_name, application_name_);
    if (!result_.titles.empty()) result_.title = without_site(result_.titles.front());
    if (result_.published.empty()) result_.published = iso_date(data_.date_published);
    set_once(result_.published, first_time_);
    set_once(result_.published, date_in_url(url_));
    result_.free_to_read = data_.is_accessible_for_free;
    const auto base = boost::urls::parse_uri(url_);
    if (result_.site_name.empty() && base) {
      std::string host(base->encoded_host());
      result_.site_name = host.starts_with("www.") ? host.substr(4) : host;
    }
    resolve_canonical(canonical_.empty() ? og_url_ : canonical_);
  }

  // "Title | Site" and "Title - Site" lose their last part when it names the site.
  [[nodiscard]] std::string without_site(const std::string& title) const {
    for (const std::string_view separator : {" | ", " - ", " – ", " — ", " :: ", " » ", " · "}) {
      const std::size_t at = title.rfind(separator);
      if (at == std::string::npos || at == 0) continue;
      const std::string_view last = std::string_view(title).substr(at + separator.size());
      const std::string lower_site = to_ascii_lower(result_.site_name);
      if (!lower_site.empty() && contains_ignoring_case(lower_site, to_ascii_lower(last))) {
        return title.substr(0, at);
      }
      if (!lower_site.empty() && contains_ignoring_case(last, lower_site))
        return title.substr(0, at);
    }
    return title;
  }

  void resolve_canonical(std::string_view written) {
    const auto reference = boost::urls::parse_uri_reference(written);
    if (written.empty() || !reference) return;
    boost::urls::url resolved;
    const auto base = boost::urls::parse_uri(url_);
    if (reference->has_scheme()) {
      resolved = *reference;
    } else if (!base || !boost::urls::resolve(*base, *reference, resolved)) {
      return;
    }
    const auto scheme = resolved.scheme_id();
    if (scheme == boost::urls::scheme::https || scheme == boost::urls::scheme::http) {
      result_.canonical_url = resolved.buffer();
    }
  }

  const HtmlTree& tree_;
  std::string url_;
  PageMetadata result_;
  StructuredData data_;
  std::string og_title_;
  std::string twitter_title_;
  std::string application_name_;
  std::string og_url_;
  std::string canonical_;
  std::string first_time_;
  std::size_t date_rank_ = kDateNames.size();
  std::size_t scripts_ = 0;
};

}  // namespace

PageMetadata read_metadata(const HtmlTree& tree, std::string_view url) {
  return MetadataReader(tree, url).read();
}

}  // namespace graphrail::page
