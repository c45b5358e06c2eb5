#include "extract/rules/lexicon_words.h"

#include <array>

#include "extract/rules/lexicon.h"

namespace graphrail::extract::rules {
namespace {

constexpr auto kRows = std::to_array<LexiconRow>({
    // Function words.
    {kDeterminer,
     "a an the this that these those its their our my his her your some several many various "
     "numerous other others another each every all both any no certain multiple such"},
    {kPreposition,
     "of in on at by for from with without to into onto through via per under over among amongst "
     "between across after before since until till during within about against despite upon "
     "toward towards as than like behind near amid off including alongside besides beyond"},
    {kConjunction,
     "and or but nor plus while whereas although though because if when where so yet"},
    {kPronoun,
     "i we us me you he she it they them him myself himself herself itself themselves ourselves "
     "who which what whom whose there here mine ours theirs everyone someone anyone"},
    {kAuxiliary,
     "is are was were be been being am has have had having do does did will would can could may "
     "might shall should must let lets"},
    {kAdverb,
     "also just now not only already recently successfully today's officially formally again then "
     "ever never still soon once even too very quite rather roughly approximately nearly almost "
     "around more most less least up down out away back together jointly separately finally "
     "currently previously originally initially reportedly formerly first further quietly "
     "actively directly primarily mainly mostly exclusively collectively newly privately how why "
     "well ahead instead however meanwhile additionally moreover furthermore therefore thus hence "
     "perhaps maybe especially particularly including earlier later altogether always often "
     "really actually truly equally ultimately happily proudly nonetheless nevertheless lastly"},
    {kTime,
     "today yesterday tomorrow monday tuesday wednesday thursday friday saturday sunday week month "
     "year quarter weeks months years day days morning afternoon evening last earlier this "
     "recently "
     "late early ago"},
    {kMonth,
     "january february march april may june july august september october november december jan "
     "feb mar apr jun jul aug sep sept oct nov dec"},

    // Verbs.
    {kAnnounce,
     "announce announces announced announcing reveal reveals revealed say says said report "
     "reports reported confirm confirms confirmed disclose discloses disclosed state states stated "
     "unveil unveils unveiled unveiling share shares shared claim claims claimed tell tells told "
     "declare declares declared celebrate celebrates celebrating"},
    {kRaise,
     "raise raises raised raising secure secures secured securing land lands landed landing bag "
     "bags bagged nab nabs nabbed snag snags snagged attract attracts attracted attracting garner "
     "garners garnered nets netted rakes raked hauls hauled scoops scooped grabs grabbed pockets "
     "pocketed scores scored lands picks fundraises"},
    {kWeakRaise,
     "receive receives received receiving close closes closed closing complete completes completed "
     "completing obtain obtains obtained finish finishes finished finalize finalizes finalized "
     "finalise finalised gain gains gained collect collects collected get gets got take takes took "
     "taken bring brings brought pull pulls pulled pick picked win wins won sign signs signed "
     "accept accepts accepted conclude concludes concluded commit commits committed committing"},
    {kInvest,
     "invest invests invested investing inject injects injected injecting pour pours poured "
     "pouring pump pumps pumped plow plows plowed plough ploughs ploughed sinks sank puts plowing "
     "ploughing pumping"},
    {kLead,
     "lead leads led leading co-lead co-leads co-led co-leading colead coleads coled spearhead "
     "spearheads spearheaded spearheading anchor anchors anchored anchoring"},
    {kParticipate,
     "participate participates participated participating join joins joined joining contribute "
     "contributes contributed contributing co-invest co-invests co-invested co-investing "
     "reinvest reinvested re-invested followed"},
    {kVerb,
     "acquire acquires acquired buy buys bought back backs backed backing launch launches launched "
     "launching expand expands expanded expanding enter enters entered plan plans planned hire "
     "hires hired make makes made making help helps helped helping build builds built building "
     "use uses used using provide provides provided providing offer offers offered offering "
     "work works worked working want wants wanted believe believes believed see sees saw seen "
     "continue continues continued follow follows following come comes came go goes went give "
     "gives gave given bets betting bet readies heats heat add adds added start starts started "
     "begin begins began set sets become becomes became enable enables enabled allow allows "
     "allowed create creates created creating develop develops developed developing grow grows "
     "grew run runs ran running serve serves served operate operates operated hit hits reach "
     "reaches reached think thinks know knows need needs needed found founds founded co-founded "
     "cofounded co-found establish established explain explains explained comment comments "
     "commented add note notes noted write writes wrote describe describes described based "
     "located headquartered called named known owned focused dubbed sell sells sold report move "
     "moves moved fund funds funded funding finance financed power powers powered turn turns "
     "support supports supported supporting partner partners partnered introduce introduces "
     "welcome welcomes welcomed welcoming target targets targeting accelerate accelerates "
     "scale scales scaling tap taps pay pays paid aims aim seek seeks seeking save saves "
     "counter backs spend spends spent lose loses lost reopen reopens humanize fight fights "
     "fuel fuels take takes bring brings test tests host hosts explore explores improve "
     "emerges emerging tacks wraps tops denies adding ties teams doubles triples debuts exits "
     "gears "
     "snaps teases touts vows warns woos draws files heads inks jumps kicks lifts names opens "
     "plots "
     "preps pulls pushes rolls signs slips spins steps strikes surges tackles unleashes upgrades "
     "weighs widens approaches opening gaining boosting valuing bringing ushering "
     "improves drive drives boost boosts win wins won unlock unlocks put puts"},
    {kHedge,
     "reportedly rumored rumoured allegedly seeking seeks seek considering mulls mulling eyes "
     "eyeing plans planning hopes hoping aims aiming wants targeting targets potentially might "
     "could may would denied denies speculation expects expecting intends intending looking "
     "talks negotiating pitching try trying tries need needs needed want wanted"},

    // Funding vocabulary.
    {kRoundNoun,
     "round rounds funding fundings financing financings investment investments fundraise "
     "fundraising fund-raise fund-raising raise capital equity fundraiser injection"},
    {kInvestorNoun,
     "investor investors backer backers angel angels vc vcs firm firms fund funds shareholder "
     "shareholders participant participants syndicate funder funders co-investor co-investors "
     "capitalist capitalists lp lps supporter supporters financier financiers co-investors "
     "corporates investor-partners believers angel-investors accelerator accelerators"},
    {kFirmNoun,
     "ventures venture capital partners partner fund funds group holdings vc investments "
     "investment angels advisors advisers management labs accelerator incubator bank trust "
     "foundation syndicate equity network ai studio collective global international associates "
     "securities asset assets growth seed startups innovation ventures digital financial finance "
     "family "
     "office corporation technologies"},
    {kFundNoun | kFirmNoun,
     "angel ventures capital partners fund funds vc investments angels advisors advisers equity "
     "venture syndicate accelerator incubator trust foundation management"},
    {kLegalSuffix,
     "inc llc ltd limited corp corporation co gmbh ag sa plc pte bv oy ab sarl srl spa kk llp lp "
     "pty nv sas ug se"},
    {kMoneyTrap,
     "valuation valued worth revenue revenues loss losses profit profits prize prizes fee fees "
     "sales turnover budget salary fine fines settlement contract contracts loan debt lawsuit "
     "acquisition market assets theft stolen lost cost costs savings reward bounty donation "
     "donations ipo market-cap capitalization cap transactions transaction volume remittances "
     "bail award income earnings arr gmv spend spending bonus ransom tickets users customers "
     "fund pool endowment stockpile"},

    // People and companies.
    {kRole,
     "creator inventor ceo ceos ctos vps cto coo cfo cmo cpo cso cio founder founders co-founder "
     "co-founders "
     "cofounder cofounders "
     "president chairman chairwoman chair director directors partner partners principal principals "
     "executive executives officer managing general senior chief vp svp evp associate analyst head "
     "manager investor entrepreneur entrepreneurs engineer professor prof dr mr mrs ms sir gp md "
     "veteran founding advisor adviser owner boss vice spokesperson spokesman cryptographer "
     "economist author member alum alumni exec execs angel operator operators scientist "
     "billionaire millionaire businessman capitalist tycoon magnate legend star serial "
     "technologist philanthropist student researcher siblings trader banker lawyer designer "
     "engineers traders bankers veterans employees researchers scientists "
     "students "
     "physicist hacker marketer consultant journalist programmer coder"},
    {kPartnerRole,
     "partner partners principal principals gp director directors ceo president founder co-founder "
     "cofounder chairman associate md managing vp head investor cio cto coo chief analyst chair"},
    {kFounder,
     "founder founders co-founder co-founders cofounder cofounders founded co-founded cofounded "
     "co-founding founding"},
    {kCompanyNoun,
     "startup startups start-up start-ups company companies firm firms exchange exchanges platform "
     "platforms app apps application wallet wallets provider providers service services maker "
     "makers developer developers giant giants browser bank business businesses vendor vendors "
     "operator operators marketplace network networks protocol protocols project projects "
     "aggregator lender lenders insurer retailer broker brokerage manufacturer publisher studio "
     "tool tools software solution solutions system systems processor processors product "
     "products unicorn player players outfit venture organization organisation group agency "
     "specialist supplier site website portal engine database infrastructure framework stack "
     "token coin chain blockchain registry heavyweight heavyweights affiliate subsidiary arm unit "
     "division conglomerate newcomer upstart consultancy lab labs team issuer remitter miner "
     "custodian wearable technology tech brand shop store chatbot assistant api language editor "
     "hub community initiative enterprise corporation institution institutions member operation "
     "carrier airline automaker chipmaker biotech fintech insurtech edtech proptech leader "
     "pioneer game fork client analytics security hosting"},
    {kInvestorNoun | kCompanyNoun, "accelerator accelerators incubator incubators"},
    {kAdjective,
     "new former ex leading existing previous current early prominent notable well-known "
     "renowned famous top major global strategic private public online mobile digital big biggest "
     "largest fast-growing fresh hacked additional further great amazing fantastic incredible "
     "world-class returning participating prior institutional individual venture listed unnamed "
     "undisclosed anonymous local foreign international silicon decentralized decentralised "
     "open-source open emerging crypto cryptocurrency bitcoin blockchain ethereum ai own old young "
     "late late-stage early-stage seed-stage latest first second third ongoing main key total "
     "massive huge small tiny popular corporate financial social secure smart free real next "
     "based seasoned fellow selected long-time longtime esteemed respected legendary initial "
     "original follow-on pro-rata high-profile influential active experienced accomplished "
     "outside external independent anonymous super angel american-based healthcare health "
     "cloud-based seed series single record whopping hefty mega combined"},
    {kModifier | kAdjective,
     "former ex existing leading prominent notable well-known renowned famous returning "
     "participating prior unnamed undisclosed listed fellow previous current fresh hacked local "
     "foreign individual institutional anonymous additional fast-growing online investor backer"},
    {kDemonym,
     "american british canadian chinese japanese korean indian german french italian spanish "
     "dutch swiss swedish norwegian danish finnish israeli russian ukrainian australian "
     "singaporean singapore-based brazilian mexican african asian european european-based latin "
     "irish scottish polish estonian latvian lithuanian portuguese turkish thai vietnamese "
     "indonesian malaysian philippine filipino taiwanese nigerian kenyan egyptian emirati saudi "
     "austrian belgian greek czech hungarian romanian argentine argentinian chilean colombian "
     "californian london-based western eastern northern southern nordic baltic"},
    {kPlace,
     "china japan korea india germany france italy spain netherlands switzerland sweden norway "
     "denmark finland israel russia ukraine australia singapore brazil mexico africa asia europe "
     "america ireland scotland poland estonia latvia lithuania portugal turkey thailand vietnam "
     "indonesia malaysia philippines taiwan nigeria kenya egypt dubai austria belgium greece "
     "canada usa uk us u.s u.k london paris berlin tokyo beijing shanghai shenzhen seoul boston "
     "chicago austin seattle toronto vancouver sydney melbourne amsterdam zurich zug stockholm "
     "helsinki oslo copenhagen dublin madrid barcelona lisbon munich hamburg vienna mumbai delhi "
     "bangalore bengaluru jakarta manila california texas massachusetts wisconsin england britain "
     "washington denver atlanta miami philadelphia nashville minneapolis madison palo portland "
     "nairobi lagos accra prague budapest warsaw bristol cambridge oxford manchester edinburgh "
     "glasgow montreal ottawa calgary houston dallas detroit pittsburgh baltimore orlando oakland "
     "bucharest athens istanbul riga tallinn vilnius kyiv kiev moscow hyderabad pune chennai "
     "karachi dhaka bangkok hanoi taipei osaka kyoto busan auckland brisbane perth adelaide "
     "johannesburg kampala kigali cairo riyadh doha jerusalem haifa bogota santiago geneva basel "
     "lausanne cologne frankfurt stuttgart leipzig lyon toulouse milan rome rotterdam utrecht "
     "eindhoven brussels luxembourg gothenburg porto valencia colorado oregon utah nevada arizona "
     "florida ohio michigan illinois minnesota tennessee quebec ontario alberta maryland "
     "pennsylvania connecticut delaware"},
    {kAbbreviation,
     "mr mrs ms dr prof st vs no jr sr inc corp ltd co approx est fig dept bros u.s"},
    {kTopLevelDomain,
     "com io ai co org net md app dev xyz tech fm tv me us eu uk vc de fr ch jp in cn finance "
     "network cloud health capital ventures so gg sh is it to ly se no nl ph info la one id my es "
     "pt pl cz ro hu gr fi ee lv lt ie ca au nz br mx ar cl za ng ke th vn kr tw hk sg pk lk tr ru "
     "ua il biz page online money exchange markets fund studio systems bio energy space zone build "
     "run codes software digital games"},
    {kNameParticle, "de van von der den da la le el al bin ibn di du dos das ter ten"},
    {kMagnitude,
     "k m mm mn mln mil million millions b bn billion billions thousand thousands lakh lakhs crore "
     "crores cr lac trillion tn mio"},
    {kQuantity,
     "one two three four five six seven eight nine ten eleven twelve fifteen twenty thirty forty "
     "fifty hundred half dozen"},
    {kCommonNoun,
     "news update updates announcement announcements story chapter journey seed series angel "
     "pre-seed preseed bridge strategic competition money transfer wars war race deal deals "
     "launch expansion growth opportunity loss rate rates million billion era layer future world "
     "people customers customer users user data media art finance health healthcare trading "
     "mining payments payment remittance lending insurance banking gaming storage identity "
     "privacy energy education travel food fashion cyber cybersecurity robotics biotech research "
     "science internet web cloud ads ad online mobile ambitions amid roundup digest weekly daily "
     "press release report review interview podcast video event conference summit meetup "
     "spreadsheet usability back-end technology board seat hello hi hey thanks thank goodbye "
     "guidance forecast outlook charity charities"},
    {kGivenName,
     "james john robert michael william david richard joseph thomas charles christopher daniel "
     "matthew anthony mark donald steven paul andrew joshua kenneth kevin brian george timothy "
     "ronald edward jason jeffrey jeff ryan jacob gary nicholas nick eric jonathan stephen steve "
     "larry justin scott brandon benjamin ben samuel sam gregory greg alexander alex frank patrick "
     "raymond jack dennis jerry tyler aaron jose adam nathan henry douglas doug zachary peter kyle "
     "noah ethan jeremy walter christian keith roger terry austin sean gerald carl dylan harold "
     "jordan jesse bryan lawrence arthur gabriel bruce albert willie alan juan wayne roy ralph "
     "randy eugene vincent russell louis philip phil bobby johnny bradley brad mary patricia "
     "jennifer linda elizabeth barbara susan jessica sarah karen lisa nancy betty margaret sandra "
     "ashley kimberly emily donna michelle carol amanda dorothy melissa deborah stephanie rebecca "
     "sharon laura cynthia kathleen amy angela shirley anna brenda pamela emma nicole helen "
     "samantha katherine christine debra rachel carolyn janet catherine maria heather diane ruth "
     "julie olivia joyce virginia victoria kelly lauren christina joan evelyn judith megan andrea "
     "cheryl hannah jacqueline martha gloria teresa ann sara madison frances kathryn janice jean "
     "alice abigail julia judy sophia grace denise amber marilyn danielle beverly isabella theresa "
     "diana natalie brittany charlotte marie kayla alexis lori tom matt mike dave rob bob bill jim "
     "joe dan chris tony ted fred max maxim konstantin ivan sergey sergei dmitry vladimir alexey "
     "andrei pavel igor oleg mikhail nikolai victor viktor yuri hans klaus jan jens lars sven erik "
     "anders bjorn pierre jacques marco giovanni luca paolo carlos luis miguel pedro jorge diego "
     "javier fernando pablo rafael ahmed mohammed muhammad ali omar hassan wei li jun ming xiao "
     "yuki hiroshi kenji takashi raj amit rahul sanjay vijay anil priya ravi arjun rohan neha "
     "satish abhishek martin oliver simon luke tim ian neil colin graham stuart craig marc zack "
     "josh brock blythe naval vitalik erica erin monica ovais claire zoe chloe lucy katie kate "
     "jane anne eva nina olga elena natasha tanya svetlana guillermo travis don roelof reid "
     "ashton april june august elad balaji fabrice hugo felix moritz florian sebastian philipp "
     "stefan andreas "
     "matthias dominik niklas henrik mikael johan gustav tobias leo theo oscar nat owen harriet "
     "melanie liu ada ingrid astrid per ola kari sofie freya nora maja lena ella lily mia ava "
     "chloe isla ruby rosa carmen lucia ines beatriz paula marta silvia giulia chiara elisa bianca "
     "marcel julien olivier antoine nicolas mathieu camille laurent francois xavier etienne bruno "
     "sergio ricardo eduardo alejandro roberto mateo diana ramon tomas marek jakub piotr pawel "
     "krzysztof tomasz wojciech jiri petr lukas milan zoltan laszlo istvan bogdan mihai andrej "
     "goran dragan milos nikola damian marwan tarek sathvik abhinand harish sunny gaurav nikhil "
     "ankit deepak deepa rohit pooja anjali kavita sunil suresh ramesh ashok vikram arvind anand "
     "karthik varun siddharth aditya manish pankaj rajesh kumar naveen sandeep nitin mohit kunal "
     "samir sameer imran bilal usman yusuf ibrahim mustafa mehmet emre burak cem kaan aylin leyla "
     "fatima aisha khalid tariq nadia layla hana yuto haruto kenta daisuke satoshi taro naoki "
     "sakura aiko hyun jin soo minho jihoon chen wang zhang hao lei feng jing yan bo tao kofi "
     "kwame "
     "ama chinedu emeka ngozi tunde femi zainab thabo sipho garry harj dana hunter "
     "gavin trevor derek troy shane chad brent kurt glenn duncan angus hamish alistair rory liam "
     "declan ciaran siobhan niamh aoife fiona gareth rhys cameron tyson clark clay cliff curtis "
     "dean dirk drew dustin earl eli elias elliot ernest evan felipe gideon gwen hank harry "
     "heidi herbert howard isaac ivy jared jasper jerome jody joel josef joyce julian kai kara kat "
     "kendra lance leah leon leslie levi lorenzo lou lydia mandy marcus marvin maya mel mitch "
     "mitchell molly monique morgan neal ned nell noel norman otto penny perry preston quentin "
     "ralph reed rex rick robin rocco rod roman ross sally seth sheila sid simone stan stella "
     "steph tara tess tim todd toby trent vanessa vera wade wendy wes wesley wyatt yvonne "
     "zara zoey"},
});

}  // namespace

std::span<const LexiconRow> lexicon_rows() noexcept { return kRows; }

}  // namespace graphrail::extract::rules
