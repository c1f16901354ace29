/*
 * Language tags as SCORM 2004 checks them (RTE 4.1.1.6, RFC 3066): the first subtag is a code of ISO 639-1 or
 * 639-2, or "i" or "x" with a subtag after it; the others are one to eight letters or digits.
 */
#include "player/engine/model/types.h"
#include "player/engine/text.h"

/* ISO 639-1, with the withdrawn codes that content still writes; sorted. */
static const char two_letters[] =
	"aaabaeafakamanarasavayazbabebgbhbibmbnbobrbscacechcocrcscucvcydadedvdzeeeleneoeseteu"
	"fafffifjfofrfygagdglgngugvhahehihohrhthuhyhziaidieigiiikinioisitiuiwjajijvjwkakgkikj"
	"kkklkmknkokrkskukvkwkylalblglilnloltlulvmgmhmimkmlmnmomrmsmtmynanbndnengnlnnnonrnvny"
	"ocojomorospapiplpsptqurmrnrorurwsascsdsesgshsiskslsmsnsosqsrssstsusvswtatetgthtitktl"
	"tntotrtstttwtyugukuruzvevivowawoxhyiyozazhzu";

/* ISO 639-2, bibliographic and terminologic; sorted. */
static const char three_letters[] =
	"aarabkaceachadaadyafaafhafrainakaakkalbalealgaltamhanganpapaaraarcargarmarnarpartarw"
	"asmastathausavaaveawaaymazebadbaibakbalbambanbaqbasbatbejbelbembenberbhobihbikbinbis"
	"blabntbodbosbrabrebtkbuabugbulburbyncadcaicarcatcaucebcelceschachbchechgchichkchmchn"
	"chochpchrchuchvchycmccnrcopcorcoscpecpfcppcrecrhcrpcsbcuscymczedakdandardaydeldendeu"
	"dgrdindivdoidradsbduadumdutdyudzoefiegyekaellelxengenmepoesteuseweewofanfaofasfatfij"
	"filfinfiufonfrafrefrmfrofrrfrsfryfulfurgaagaygbagemgeogergezgilglagleglgglvgmhgohgon"
	"gorgotgrbgrcgregrngswgujgwihaihathauhawhebherhilhimhinhithmnhmohrvhsbhunhuphyeibaibo"
	"iceidoiiiijoikuileiloinaincindineinhipkirairoislitajavjawjbojpnjprjrbkaakabkackalkam"
	"kankarkaskatkaukawkazkbdkhakhikhmkhokikkinkirkmbkokkomkonkorkoskpekrckrlkrokrukuakum"
	"kurkutladlahlamlaolatlavlezlimlinlitlollozltzlualublugluilunluolusmacmadmagmahmaimak"
	"malmanmaomapmarmasmaymdfmdrmenmgamicminmismkdmkhmlgmltmncmnimnomohmolmonmosmrimsamul"
	"munmusmwlmwrmyamynmyvnahnainapnaunavnblndendondsnepnewnianicniunldnnonobnognonnornqo"
	"nsonubnwcnyanymnynnyonziociojioriormosaossotaotopaapagpalpampanpappaupeoperphiphnpli"
	"polponporprapropusquerajraprarroarohromronrumrunruprussadsagsahsaisalsamsansassatscc"
	"scnscoscrselsemsgasgnshnsidsinsiositslaslksloslvsmasmesmismjsmnsmosmssnasndsnksogsom"
	"sonsotspasqisrdsrnsrpsrrssasswsuksunsussuxswaswesycsyrtahtaitamtatteltemtertettgktgl"
	"thatibtigtirtivtkltlhtlitmhtogtontpitsitsntsotuktumtupturtuttvltwityvudmugauigukrumb"
	"undurduzbvaivenvievolvotwakwalwarwaswelwenwlnwolxalxhoyaoyapyidyorypkzapzblzenzghzha"
	"zhozndzulzunzxxzza";

static char lower(char c)
{
	return c >= 'A' && c <= 'Z' ? (char)(c + 'a' - 'A') : c;
}

static bool listed(const char *codes, uint32_t size, struct span code)
{
	char wanted[3];
	for (uint32_t i = 0; i < code.len; i++) {
		wanted[i] = lower(code.at[i]);
	}
	uint32_t low = 0, high = size / code.len;
	while (low < high) {
		uint32_t middle = (low + high) / 2;
		int order = memcmp(wanted, codes + (size_t)middle * code.len, code.len);
		if (order == 0) {
			return true;
		}
		if (order < 0) {
			high = middle;
		} else {
			low = middle + 1;
		}
	}
	return false;
}

/* qaa..qtz are reserved for local use. */
static bool is_local(struct span code)
{
	char second = lower(code.at[1]);
	return lower(code.at[0]) == 'q' && second >= 'a' && second <= 't' && is_letter(code.at[2]);
}

static bool is_first_subtag(struct span code, bool more)
{
	switch (code.len) {
	case 1:
		return more && (lower(code.at[0]) == 'i' || lower(code.at[0]) == 'x');
	case 2:
		return listed(two_letters, sizeof(two_letters) - 1, code);
	case 3:
		return listed(three_letters, sizeof(three_letters) - 1, code) || is_local(code);
	default:
		return false;
	}
}

bool is_language(struct span tag)
{
	for (uint32_t start = 0, i = 0; i <= tag.len; i++) {
		if (i < tag.len && tag.at[i] != '-') {
			if (!is_letter(tag.at[i]) && !(start > 0 && is_digit(tag.at[i]))) {
				return false;
			}
			continue;
		}
		struct span subtag = {tag.at + start, i - start};
		if (subtag.len == 0 || subtag.len > 8 ||
			(start == 0 && !is_first_subtag(subtag, i < tag.len))) {
			return false;
		}
		start = i + 1;
	}
	return true;
}
