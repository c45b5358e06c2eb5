#include "cases/runners.h"

namespace graphrail::cases {

PageReader page_reader() { return {}; }

}  // namespace graphrail::cases
