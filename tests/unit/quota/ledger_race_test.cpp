#include "unit/quota/ledger_fixture.h"
#include "unit/quota/ledger_race_contract.h"

namespace graphrail::quota {
namespace {

INSTANTIATE_TYPED_TEST_SUITE_P(Embedded, LedgerRaceContract, EmbeddedFixture);

}  // namespace
}  // namespace graphrail::quota
