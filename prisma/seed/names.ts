import type { Random } from "./bank/random.js";

/** How one of Indonesia's peoples names its children: a given name, then a family name or a second given name. */
interface Tradition {
  /** Share of the population of the demo world. */
  readonly weight: number;
  readonly male: string;
  readonly female: string;
  /** Second names; with `family` they pass from parent to child. */
  readonly maleSecond: string;
  readonly femaleSecond: string;
  readonly family?: true;
}

const clan = (weight: number, male: string, female: string, names: string): Tradition => ({
  weight,
  male,
  female,
  maleSecond: names,
  femaleSecond: names,
  family: true,
});

const JAVANESE: Tradition = {
  weight: 36,
  male: "Agung|Aditya|Bagas|Bayu|Danang|Dimas|Dwi|Eko|Fajar|Galih|Gilang|Hanif|Joko|Krisna|Rangga|Satria|Tri|Wahyu|Yoga|Yudha",
  female:
    "Anindya|Ayu|Citra|Dewi|Diah|Endah|Fitri|Galuh|Indah|Intan|Kartika|Larasati|Maharani|Nawang|Puspa|Ratih|Retno|Sekar|Tyas|Wulan",
  maleSecond:
    "Prasetyo|Nugroho|Wibisono|Santosa|Kuncoro|Hartanto|Saputro|Wicaksono|Purnomo|Setiawan|Pamungkas|Pratama|Raharjo|Utomo|Widodo Putra",
  femaleSecond:
    "Lestari|Rahayu|Utami|Wulandari|Puspitasari|Handayani|Kusumaningrum|Astuti|Pramesti|Setyowati|Widyaningsih|Anggraini|Saraswati|Paramita",
};

/** Also Sundanese, Betawi, Malay, Balinese, Bugis, Acehnese; then, with family names, Batak, Minang, Chinese-Indonesian, Minahasan, Moluccan, Papuan, Florenese. */
const TRADITIONS: readonly Tradition[] = [
  JAVANESE,
  {
    weight: 17,
    male: "Asep|Cecep|Dadan|Dede|Deni|Gugum|Iwan|Jajang|Rudi|Tatang|Ujang|Yayan|Rizal|Hilman",
    female: "Ai|Elis|Euis|Imas|Iis|Lilis|Neneng|Nia|Rina|Teti|Tuti|Yani|Rinrin|Mira",
    maleSecond:
      "Sunarya|Suherman|Permana|Gunawan|Kurniawan|Sutisna|Firmansyah|Nugraha|Ramdani|Wiguna|Mulyana|Supriatna",
    femaleSecond:
      "Komalasari|Nurjanah|Rohaeni|Sumiati|Kurniasih|Nurhayati|Maryani|Fauziah|Rosita|Sopiah|Nuraeni|Yuliani",
  },
  {
    weight: 6,
    male: "Abdul|Ahmad|Jaelani|Mahmud|Mansur|Muhidin|Sabeni|Zaenal|Fadlan|Ridwan",
    female: "Aisyah|Fatimah|Halimah|Juleha|Khadijah|Maimunah|Rogayah|Saodah|Zubaedah|Nabila",
    maleSecond: "Rojali|Mansyur|Syafei|Hasan|Sanusi|Fauzi|Karim|Yusuf|Hamzah|Marzuki",
    femaleSecond: "Amaliah|Hasanah|Humairoh|Rahmah|Salamah|Zahra|Azizah|Mardiyah|Rahmawati|Syifa",
  },
  {
    weight: 8,
    male: "Arif|Azhar|Faisal|Hafiz|Iskandar|Khairul|Rahmat|Rizky|Syahrul|Zulfikar|Irfan|Ilham",
    female: "Annisa|Aulia|Cahaya|Fadhilah|Hanifah|Mutiara|Nurul|Rahma|Salsabila|Siti|Suci|Zahara",
    maleSecond: "Ramadhan|Syahputra|Alamsyah|Hidayat|Effendi|Maulana|Akbar|Rahman|Siddiq|Anwar",
    femaleSecond: "Safitri|Hidayah|Maharani|Ramadhani|Aminah|Fadilah|Khairunnisa|Oktaviani|Permatasari|Zakiah",
  },
  {
    weight: 6,
    male: "I Wayan|I Made|I Nyoman|I Ketut|I Putu|I Kadek|I Komang|I Gede",
    female: "Ni Wayan|Ni Made|Ni Nyoman|Ni Ketut|Ni Putu|Ni Kadek|Ni Komang|Ni Luh",
    maleSecond: "Adnyana|Artawan|Darmawan|Suardana|Sudarsana|Wirawan|Mahendra|Widiana|Sukerta|Pradnyana|Dharma Yasa",
    femaleSecond: "Ariani|Suryani|Widiastuti|Sukmawati|Pradnyani|Astari|Purnamasari|Cahyani|Dewanti|Savitri",
  },
  {
    weight: 5,
    male: "Andi|Baso|Firman|Muhammad|Rusdi|Saiful|Takdir|Ambo",
    female: "Andi|Besse|Hasna|Indo|Marwah|Nurhikmah|Rosmini|Tenri",
    maleSecond: "Arsyad|Mappasessu|Pallawa|Palaguna|Parenrengi|Tenriawaru|Patunru|Makkasau",
    femaleSecond: "Batari|Rahmatia|Tenriabeng|Nurlela|Hasriani|Mulyati|Asriani|Cahaya",
  },
  {
    weight: 4,
    male: "Teuku|Said|Muzakir|Fauzan|Munawar|Rahmad",
    female: "Cut|Syarifah|Nadia|Putroe|Rauzatul|Maulida",
    maleSecond: "Fahrizal|Iqbal|Mirza|Ikhsan|Haekal|Alfian|Zulkarnain",
    femaleSecond: "Meurah|Keumala|Rahmi|Mutia Sari|Fitriana|Ulfa|Nabilah",
  },
  clan(
    9,
    "Andreas|Benny|Binsar|Daniel|Horas|Jonathan|Mangara|Parlindungan|Poltak|Samuel|Togar|Tumpal",
    "Ester|Lasma|Maria|Melva|Natalia|Nauli|Riris|Romauli|Ruth|Tiur|Tiurma|Yohana",
    "Simanjuntak|Sitorus|Siregar|Hutapea|Panjaitan|Sinaga|Manurung|Lubis|Harahap|Simbolon|Sihombing|Ginting|Tarigan|Nainggolan",
  ),
  clan(
    6,
    "Afdal|Fikri|Hendri|Ikhsan|Jufri|Rinaldi|Syafril|Yulizar|Zaki|Taufik",
    "Elvira|Fatma|Gustina|Meri|Nelvi|Rahmi|Upik|Wirda|Yulia|Zuraida",
    "Chaniago|Koto|Piliang|Tanjung|Sikumbang|Jambak|Guci|Melayu|Bodi|Pitopang",
  ),
  clan(
    8,
    "Albert|Calvin|Darren|Edwin|Hendrik|Jason|Kelvin|Michael|Ricky|Steven|Vincent|William",
    "Angelina|Cindy|Evelyn|Felicia|Grace|Jessica|Jocelyn|Kezia|Lydia|Michelle|Sherly|Vania",
    "Wijaya|Halim|Tanoto|Gunadi|Lim|Tan|Hartono|Susanto|Kurniadi|Liem|Santoso|Tjahjono|Widjaja|Oetama",
  ),
  clan(
    4,
    "Alvian|Denny|Ferdinand|Glenn|Jerry|Marcel|Novry|Reynaldo",
    "Angel|Christy|Fenny|Gracia|Meiske|Novita|Priscilia|Vivian",
    "Wowor|Mandagi|Rumengan|Pangemanan|Lengkong|Kalalo|Tumbelaka|Sumampouw",
  ),
  clan(
    3,
    "Alexander|Bram|Elias|Marthin|Richard|Yopi",
    "Christina|Debora|Helena|Marlen|Selfina|Yosefina",
    "Pattinama|Latuheru|Sahetapy|Tuhumury|Manuputty|Lekatompessy",
  ),
  clan(
    5,
    "Absalom|Demianus|Elieser|Frans|Marinus|Otniel|Yance|Yulianus",
    "Agustina|Dorce|Ferra|Martina|Norince|Orpa|Selvina|Yuliana",
    "Wenda|Kogoya|Rumbiak|Korwa|Kambuaya|Mandowen|Yikwa|Wanimbo|Mayor|Rumbewas",
  ),
  clan(
    3,
    "Gregorius|Kornelis|Petrus|Stefanus|Vinsensius|Yohanes",
    "Bernadeta|Kristina|Maria|Oktaviana|Theresia|Yustina",
    "Nggadas|Bere|Lamawuran|Tukan|Keraf Boli|Seran|Ndoen|Riwu",
  ),
];

const DRAW = TRADITIONS.flatMap((tradition) => Array.from({ length: tradition.weight }, () => tradition));

/** A generated name and what a relative's name needs to know of it. */
export interface Name {
  readonly full: string;
  readonly tradition: Tradition;
  readonly second: string;
}

/** A given Javanese name, for a person whose relatives are drawn. */
export function javaneseName(full: string): Name {
  return { full, tradition: JAVANESE, second: full };
}

/** A plausible Indonesian name of a person who does not exist; for a `child`, the name of one of its parents. */
export function drawName(random: Random, child?: Name): Name {
  const tradition = child?.tradition ?? random.pick(DRAW);
  const male = random.chance(0.5);
  const given = random.pick((male ? tradition.male : tradition.female).split("|"));
  const drawn = random.pick((male ? tradition.maleSecond : tradition.femaleSecond).split("|"));
  const second = child !== undefined && tradition.family ? child.second : drawn;
  return { full: `${given} ${second}`, tradition, second };
}
