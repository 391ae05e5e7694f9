import type { BankItem } from "./item.js";
import { item, numberItems, passage } from "./written-item.js";

const MANGROVE = passage(
  "PPU-T01",
  "Akar yang Menjaga Pantai",
  `(1) Hutan mangrove tumbuh di wilayah peralihan antara daratan dan laut. (2) Akarnya yang rapat
  memperlambat arus sehingga lumpur mengendap dan garis pantai terlindung dari abrasi. (3) Di
  sela-sela akar itu, ikan dan udang muda menemukan tempat berlindung sebelum beranjak ke perairan
  terbuka. (4) Selain itu, lumpur di bawahnya menyimpan banyak karbon karena bahan organik terurai
  sangat lambat ketika kekurangan oksigen. (5) Ironisnya, jasa yang senyap itu kerap baru disadari
  setelah mangrove ditebang. (6) Tambak memang mendatangkan penghasilan yang kasatmata, sedangkan
  perlindungan pantai tidak pernah tercatat sebagai pendapatan siapa pun.`,
);

const SUBAK = passage(
  "PPU-T02",
  "Air yang Dibagi Bersama",
  `(1) Di Bali, pembagian air sawah diatur oleh organisasi petani yang disebut subak. (2) Anggotanya
  bermufakat tentang jadwal tanam, giliran air, dan perawatan saluran. (3) Petani di hulu tidak
  leluasa mengambil air sesukanya karena keputusan bersama mengikat semua anggota. (4) Keseragaman
  jadwal tanam juga menekan hama: ketika seluruh hamparan sawah diberakan serentak, hama kehilangan
  sumber makanan. (5) Ikatan itu diperkukuh oleh upacara di pura yang menandai tahap-tahap
  penanaman. (6) Karena itulah subak tidak cukup dipahami sebagai jaringan saluran air; ia adalah
  pertautan antara teknik, aturan, dan keyakinan.`,
);

const SLEEP = passage(
  "PPU-T03",
  "Bekerja Ketika Terlelap",
  `(1) Banyak pelajar rela memangkas waktu tidur menjelang ujian. (2) Padahal, ketika kita terlelap,
  otak tidak serta-merta berhenti bekerja. (3) Jejak ingatan yang baru terbentuk pada siang hari
  diaktifkan kembali, lalu diperkuat agar tidak mudah luruh. (4) Kurang tidur mengganggu proses itu
  sekaligus menumpulkan perhatian pada keesokan harinya. (5) Akibatnya, jam belajar yang ditambah
  dengan mengorbankan tidur sering kali tidak sepadan dengan hasilnya. (6) Belajar secara
  berangsur-angsur dan tidur yang cukup lebih menjanjikan daripada begadang semalam suntuk.`,
);

const INFLATION = passage(
  "PPU-T04",
  "Ketika Uang Menyusut",
  `(1) Inflasi adalah kenaikan harga barang dan jasa secara umum dan terus-menerus. (2) Kenaikan
  harga satu komoditas, misalnya cabai menjelang hari raya, belum dapat disebut inflasi jika tidak
  merembet pada harga barang lain. (3) Bagi penerima pendapatan tetap, inflasi menggerus daya beli:
  jumlah uangnya sama, tetapi barang yang diperoleh berkurang. (4) Sebaliknya, orang yang berutang
  dengan bunga tetap dapat diuntungkan karena nilai riil utangnya susut. (5) Inflasi yang rendah
  dan stabil lazim dipandang wajar dalam perekonomian yang bertumbuh. (6) Yang dicemaskan ialah
  inflasi yang liar sehingga rumah tangga dan pengusaha sukar menyusun rencana.`,
);

const TEMPE = passage(
  "PPU-T05",
  "Kapang di Balik Tempe",
  `(1) Tempe lahir dari perjumpaan kedelai dengan kapang Rhizopus. (2) Setelah direbus dan dikupas,
  kedelai ditaburi ragi, dibungkus, lalu diperam selama satu hingga dua hari. (3) Benang-benang halus
  kapang menjalin biji-biji kedelai menjadi lempeng yang padat. (4) Selama pemeraman, enzim kapang
  memecah sebagian protein dan lemak menjadi senyawa yang lebih sederhana sehingga tempe lebih mudah
  dicerna daripada kedelai rebus. (5) Pembungkusnya tidak boleh kedap sama sekali karena kapang
  membutuhkan udara. (6) Sebaliknya, udara yang berlebihan membuat kapang cepat berspora sehingga
  permukaan tempe menghitam.`,
);

const WALLACE = passage(
  "PPU-T06",
  "Garis di Antara Dua Pulau",
  `(1) Bali dan Lombok hanya terpisah oleh selat yang sempit. (2) Kendati demikian, Alfred Russel
  Wallace mendapati perbedaan fauna yang mencolok di kedua sisinya pada abad ke-19. (3) Hewan di
  sebelah barat berkerabat dekat dengan hewan Asia, sedangkan di sebelah timur mulai dijumpai hewan
  bercorak Australia. (4) Penjelasannya terletak pada kedalaman laut. (5) Ketika permukaan laut turun
  pada zaman es, Jawa dan Bali menyatu dengan daratan Asia, tetapi selat yang dalam di timur Bali
  tetap terisi air. (6) Selat itulah yang membendung perpindahan banyak hewan darat sehingga
  masing-masing kelompok berkembang sendiri-sendiri.`,
);

const PALM_LEAF = passage(
  "PPU-T07",
  "Menulis di Atas Daun",
  `(1) Sebelum kertas lazim dipakai, masyarakat di Jawa, Bali, dan Lombok menulis di atas daun lontar.
  (2) Daun itu direbus, dikeringkan, dipres, lalu ditoreh dengan pisau kecil yang disebut pengutik
  atau pengrupak. (3) Torehan kemudian digosok dengan jelaga agar aksaranya terbaca. (4) Lontar cukup
  awet, tetapi tidak abadi: kelembapan, serangga, dan kapang perlahan-lahan merusaknya. (5) Oleh
  karena itu, naskah penting disalin ulang dari generasi ke generasi. (6) Penyalinan menyelamatkan
  isi, tetapi juga membuka celah bagi kekeliruan dan penyesuaian. (7) Itulah sebabnya dua salinan
  naskah yang sama jarang benar-benar identik.`,
);

const DRAFTS = [
  item(
    "Kosakata/Sinonim",
    "UNDERSTAND",
    -0.4,
    null,
    "Ramuan itu terbukti “mangkus” meredakan batuk sehingga warga terus meraciknya. Kata “mangkus” dalam kalimat tersebut bersinonim dengan ….",
    "C",
    ["murah", "aman", "manjur", "langka", "lembut"],
    "Mangkus berarti manjur atau berhasil guna; konteks “terbukti … meredakan batuk” mendukung makna itu.",
  ),
  item(
    "Kosakata/Sinonim",
    "UNDERSTAND",
    -0.9,
    null,
    "Ketika ditanya tentang penyebab keterlambatan, ia memberikan jawaban yang “lugas”. Makna kata “lugas” paling dekat dengan ….",
    "A",
    ["apa adanya", "agak berbelit", "panjang lebar", "sangat halus", "penuh canda"],
    "Lugas berarti mengenai yang pokok-pokok saja, bersifat seperti apa adanya, dan tidak berbelit-belit.",
  ),
  item(
    "Kosakata/Antonim",
    "REMEMBER",
    0.3,
    null,
    "Kebenaran penilaian itu bersifat “nisbi”. Lawan makna kata “nisbi” adalah ….",
    "D",
    ["relatif", "pribadi", "khusus", "mutlak", "sementara"],
    "Nisbi berarti relatif, bergantung pada pembandingnya; lawannya adalah mutlak.",
  ),
  item(
    "Kosakata/Antonim",
    "REMEMBER",
    0.9,
    null,
    "Bangunan itu kini dipakai untuk kegiatan yang “profan”. Antonim kata “profan” adalah ….",
    "B",
    ["duniawi", "sakral", "modern", "lazim", "komersial"],
    "Profan berarti tidak bersangkutan dengan keagamaan; lawannya adalah sakral (suci, keramat).",
  ),
  item(
    "Relasi Kata/Analogi",
    "ANALYZE",
    0.5,
    null,
    "arsitek : cetak biru = … : …",
    "E",
    ["pelukis : kanvas", "penari : panggung", "pemahat : batu", "penyair : pembaca", "komponis : partitur"],
    "Arsitek menghasilkan cetak biru yang menjadi pedoman bagi pelaksana bangunan; komponis menghasilkan partitur yang menjadi pedoman bagi pemain musik.",
  ),
  item(
    "Relasi Kata/Analogi",
    "ANALYZE",
    -1.2,
    null,
    "termometer : suhu = … : …",
    "B",
    ["stetoskop : dokter", "barometer : tekanan", "teleskop : bintang", "kompas : magnet", "kalender : bulan"],
    "Termometer mengukur suhu sebagaimana barometer mengukur tekanan udara. Pasangan lain menyatakan pemakai, objek yang dilihat, bahan, atau isi.",
  ),
  item(
    "Relasi Kata/Analogi",
    "ANALYZE",
    0.1,
    null,
    "dahaga : minum = … : …",
    "A",
    ["lelah : rehat", "takut : gemetar", "malu : memerah", "marah : membentak", "jenuh : menguap"],
    "Minum menghilangkan dahaga sebagaimana rehat menghilangkan lelah. Kata kedua pada pasangan lain hanya merupakan gejala atau ungkapan keadaan itu.",
  ),
  item(
    "Relasi Kata/Hiponimi",
    "ANALYZE",
    -0.6,
    null,
    "unggas : itik = … : …",
    "D",
    ["hutan : pohon", "sayap : burung", "ikan : paus", "serangga : belalang", "kuda : kerbau"],
    "Itik adalah salah satu jenis unggas seperti belalang adalah salah satu jenis serangga. Paus bukan ikan, melainkan mamalia.",
  ),
  item(
    "Relasi Kata/Analogi",
    "REMEMBER",
    -0.1,
    null,
    "dasawarsa : sepuluh = windu : …",
    "C",
    ["lima", "tujuh", "delapan", "dua belas", "dua puluh lima"],
    "Dasawarsa adalah kurun sepuluh tahun, sedangkan windu adalah kurun delapan tahun.",
  ),
  item(
    "Relasi Kata/Pengelompokan",
    "ANALYZE",
    -1.7,
    null,
    "Kata yang tidak sekelompok dengan empat kata lainnya adalah ….",
    "D",
    ["sutradara", "penata kamera", "penyunting gambar", "penonton", "penata suara"],
    "Penonton menikmati film, sedangkan empat yang lain adalah pekerja yang membuat film.",
  ),
  item(
    "Pembentukan Kata/Makna Imbuhan",
    "ANALYZE",
    0.4,
    null,
    "Imbuhan “ber-…-an” yang menyatakan makna ‘saling’ terdapat pada kalimat ….",
    "E",
    [
      "Daun jati berguguran sepanjang kemarau.",
      "Anak-anak berlarian ke tengah lapangan.",
      "Warung kopi bermunculan di tepi jalan.",
      "Buah mangga berjatuhan diterpa angin.",
      "Kedua regu bersalaman usai bertanding.",
    ],
    "Bersalaman berarti saling memberi salam. Pada kata yang lain, ber-…-an menyatakan perbuatan yang dilakukan banyak pelaku atau berulang-ulang.",
  ),
  item(
    "Ungkapan/Idiom",
    "UNDERSTAND",
    -0.7,
    null,
    "Di bawah pelatih yang “bertangan dingin” itu, tim yang semula terpuruk menjelma juara. Makna ungkapan “bertangan dingin” adalah ….",
    "B",
    [
      "tidak pernah memarahi anak asuhnya",
      "berhasil dalam pekerjaan yang dibinanya",
      "bersikap acuh tak acuh terhadap hasil",
      "berani menghukum pemain yang bersalah",
      "lebih banyak memerintah daripada bekerja",
    ],
    "Bertangan dingin berarti selalu membawa hasil baik dalam usaha yang ditangani, sesuai dengan keberhasilan tim dalam kalimat.",
  ),
  item(
    "Ungkapan/Peribahasa",
    "UNDERSTAND",
    -0.2,
    null,
    "Sikapnya “bagai air di daun talas”. Orang yang digambarkan peribahasa itu ….",
    "C",
    [
      "mudah menyesuaikan diri dengan siapa saja",
      "selalu merendah meskipun banyak ilmunya",
      "tidak tetap pendiriannya dan mudah berubah",
      "terlalu jernih pikirannya untuk dibohongi",
      "hidup berkecukupan tanpa harus bekerja",
    ],
    "Air di daun talas terus bergerak dan tidak melekat; peribahasa itu menggambarkan orang yang pendiriannya tidak tetap.",
  ),
  item(
    "Kalimat/Makna Kalimat",
    "ANALYZE",
    0.6,
    null,
    "“Tidak semua peserta yang lulus seleksi administrasi hadir pada tes wawancara.” Pernyataan yang pasti benar berdasarkan kalimat itu adalah ….",
    "A",
    [
      "Ada peserta lulus administrasi yang tidak hadir pada wawancara.",
      "Semua peserta yang lulus administrasi tidak hadir pada wawancara.",
      "Sebagian besar peserta lulus administrasi hadir pada wawancara.",
      "Peserta yang hadir pada wawancara tidak lulus administrasi.",
      "Ada peserta wawancara yang tidak lulus seleksi administrasi.",
    ],
    "Ingkaran “semua hadir” adalah “ada yang tidak hadir”. Kalimat itu tidak memberi tahu berapa banyak yang hadir dan tidak menyebut peserta yang gagal seleksi.",
  ),
  item(
    "Kalimat/Ketaksaan",
    "ANALYZE",
    0.8,
    null,
    "Kalimat yang bermakna ganda adalah ….",
    "D",
    [
      "Rumah tua di tepi sungai itu akan dipugar.",
      "Anak sulung Bu Rini bekerja di pelabuhan.",
      "Guru kami membeli dua buku sejarah bekas.",
      "Adik penyanyi yang ramah itu pindah kota.",
      "Petani memanen padi sebelum hujan turun.",
    ],
    "Frasa “adik penyanyi yang ramah” dapat berarti adiknya yang ramah atau penyanyinya yang ramah.",
  ),
  item(
    "Kosakata/Polisemi",
    "ANALYZE",
    -0.3,
    null,
    "Kata “mengangkat” dalam kalimat “Film itu mengangkat kehidupan nelayan” bermakna sama dengan “mengangkat” dalam kalimat ….",
    "E",
    [
      "Ibu mengangkat jemuran karena langit mendung.",
      "Direktur mengangkat dua orang manajer baru.",
      "Paman mengangkat seorang yatim sebagai anak.",
      "Prestasi itu mengangkat nama sekolah kami.",
      "Novelnya mengangkat persoalan perundungan.",
    ],
    "Dalam kedua kalimat itu mengangkat berarti menjadikan sesuatu sebagai pokok cerita.",
  ),

  item(
    "Teks/Gagasan Utama",
    "ANALYZE",
    0.2,
    MANGROVE,
    "Gagasan utama teks tersebut adalah ….",
    "B",
    [
      "tambak lebih menguntungkan daripada hutan mangrove bagi warga pesisir",
      "mangrove berjasa besar, tetapi jasanya sering luput dari perhitungan",
      "abrasi pantai hanya dapat dicegah dengan menanam kembali mangrove",
      "ikan dan udang muda bergantung sepenuhnya pada akar mangrove",
      "lumpur mangrove menyimpan karbon karena kekurangan oksigen",
    ],
    "Kalimat (1)–(4) memaparkan jasa mangrove dan kalimat (5)–(6) menegaskan bahwa jasa itu kerap tidak diperhitungkan.",
  ),
  item(
    "Kosakata/Makna dalam Konteks",
    "UNDERSTAND",
    -0.8,
    MANGROVE,
    "Kata “senyap” pada kalimat (5) bermakna ….",
    "D",
    [
      "tidak dihuni manusia",
      "tidak berlangsung lama",
      "tidak bermanfaat",
      "tidak menarik perhatian",
      "tidak dapat dicegah",
    ],
    "Jasa itu “baru disadari setelah mangrove ditebang”, jadi senyap di sini berarti berlangsung tanpa menarik perhatian.",
  ),
  item(
    "Kosakata/Makna dalam Konteks",
    "UNDERSTAND",
    -1.3,
    MANGROVE,
    "Kata “kasatmata” pada kalimat (6) dapat diganti dengan ….",
    "A",
    ["nyata terlihat", "sulit ditaksir", "sangat besar", "sementara saja", "mudah habis"],
    "Kasatmata berarti dapat dilihat atau nyata; dalam kalimat itu dipertentangkan dengan jasa yang tidak pernah tercatat.",
  ),
  item(
    "Teks/Rujukan",
    "ANALYZE",
    0.0,
    MANGROVE,
    "Frasa “jasa yang senyap itu” pada kalimat (5) merujuk pada ….",
    "E",
    [
      "usaha warga menanam dan merawat mangrove",
      "penghasilan yang didatangkan oleh tambak",
      "kerja petugas yang mengawasi garis pantai",
      "penguraian bahan organik yang berjalan lambat",
      "manfaat mangrove pada kalimat (2) hingga (4)",
    ],
    "Kata itu merujuk pada hal yang telah disebut, yaitu pelindungan pantai, tempat berlindung ikan, dan penyimpanan karbon pada kalimat (2)–(4).",
  ),

  item(
    "Teks/Gagasan Utama",
    "ANALYZE",
    0.4,
    SUBAK,
    "Simpulan yang paling tepat atas teks tersebut adalah ….",
    "C",
    [
      "subak berhasil karena petani hulu berkuasa atas air",
      "upacara di pura lebih penting daripada saluran air subak",
      "subak memadukan urusan teknis, sosial, dan keagamaan",
      "jadwal tanam yang seragam merupakan tujuan utama subak",
      "subak menjadi jaringan saluran air tertua di Indonesia",
    ],
    "Kalimat (6) menyimpulkan bahwa subak merupakan pertautan teknik, aturan, dan keyakinan.",
  ),
  item(
    "Kosakata/Makna dalam Konteks",
    "UNDERSTAND",
    0.7,
    SUBAK,
    "Kata “diberakan” pada kalimat (4) bermakna ….",
    "A",
    [
      "dibiarkan tidak ditanami sementara",
      "disiram air sampai tergenang rata",
      "ditanami tanaman selain padi",
      "diberi racun pembasmi serangga",
      "dipanen sebelum bulirnya tua",
    ],
    "Bera berarti tanah yang dibiarkan tidak ditanami; karena itulah hama kehilangan sumber makanan.",
  ),
  item(
    "Teks/Hubungan Antarkalimat",
    "ANALYZE",
    0.1,
    SUBAK,
    "Menurut teks, hama dapat ditekan oleh subak karena ….",
    "E",
    [
      "air dialirkan bergiliran dari hulu ke hilir",
      "upacara dilakukan pada setiap tahap penanaman",
      "saluran air dirawat bersama oleh para anggota",
      "petani di hulu tidak leluasa mengambil air",
      "sawah dikosongkan pada waktu yang bersamaan",
    ],
    "Kalimat (4) menyatakan bahwa hama kehilangan makanan ketika seluruh hamparan sawah dikosongkan serentak.",
  ),
  item(
    "Pembentukan Kata/Makna Imbuhan",
    "ANALYZE",
    0.9,
    SUBAK,
    "Imbuhan pada kata “diperkukuh” dalam kalimat (5) semakna dengan imbuhan pada kata ….",
    "B",
    ["dipertanyakan", "diperlebar", "diperistri", "diperingati", "diperanakkan"],
    "Diperkukuh berarti dijadikan lebih kukuh, sama dengan diperlebar ‘dijadikan lebih lebar’. Diperistri berarti ‘dijadikan istri’, tanpa makna ‘lebih’.",
  ),

  item(
    "Teks/Gagasan Utama",
    "ANALYZE",
    -0.5,
    SLEEP,
    "Gagasan utama teks tersebut adalah ….",
    "D",
    [
      "kebiasaan begadang di kalangan pelajar menjelang ujian",
      "cara kerja otak manusia ketika tubuh sedang terlelap",
      "bahaya kurang tidur bagi kesehatan tubuh secara umum",
      "pentingnya tidur bagi keberhasilan proses belajar",
      "perbandingan jumlah jam tidur dan jam belajar yang ideal",
    ],
    "Seluruh kalimat mengarah pada pentingnya tidur agar belajar berhasil; pilihan lain terlalu luas, terlalu sempit, atau tidak dibahas.",
  ),
  item(
    "Kosakata/Makna dalam Konteks",
    "UNDERSTAND",
    -1.0,
    SLEEP,
    "Kata “luruh” pada kalimat (3) dalam konteks ingatan bermakna ….",
    "C",
    ["berpindah", "tertukar", "hilang", "bertambah", "tersimpan"],
    "Luruh secara harfiah berarti gugur; ingatan yang luruh adalah ingatan yang hilang.",
  ),
  item(
    "Kosakata/Makna dalam Konteks",
    "UNDERSTAND",
    0.0,
    SLEEP,
    "Ungkapan “serta-merta” pada kalimat (2) dapat diganti dengan ….",
    "B",
    ["bersama-sama", "seketika", "perlahan-lahan", "sungguh-sungguh", "kadang-kadang"],
    "Serta-merta berarti seketika itu juga: begitu kita terlelap, otak tidak seketika berhenti bekerja.",
  ),
  item(
    "Kalimat/Makna Kalimat",
    "EVALUATE",
    0.5,
    SLEEP,
    "Kalimat (5) mengandung makna bahwa ….",
    "A",
    [
      "tambahan jam belajar kerap tidak sebanding dengan ruginya tidur",
      "jam belajar tidak pernah berpengaruh terhadap hasil ujian siswa",
      "hasil ujian ditentukan oleh lamanya tidur, bukan oleh belajar",
      "mengorbankan waktu tidur selalu membuat nilai ujian merosot",
      "belajar pada malam hari lebih buruk daripada pada siang hari",
    ],
    "“Sering kali tidak sepadan” berarti kerap tidak sebanding; pilihan dengan kata selalu, tidak pernah, atau ditentukan melebihi isi kalimat.",
  ),

  item(
    "Teks/Informasi Tersurat",
    "UNDERSTAND",
    -0.3,
    INFLATION,
    "Peristiwa yang sesuai dengan pengertian inflasi dalam teks adalah ….",
    "E",
    [
      "harga cabai naik menjelang hari raya lalu turun kembali",
      "harga beras naik di satu desa karena jembatannya rusak",
      "upah buruh naik, sedangkan harga barang tidak berubah",
      "harga telepon seluler turun setelah model baru dijual",
      "harga pangan, sewa, dan jasa terus naik sepanjang tahun",
    ],
    "Inflasi adalah kenaikan harga secara umum dan terus-menerus; hanya satu pilihan yang memenuhi kedua syarat itu.",
  ),
  item(
    "Kosakata/Makna dalam Konteks",
    "UNDERSTAND",
    -1.5,
    INFLATION,
    "Kata “menggerus” pada kalimat (3) bermakna ….",
    "C",
    ["menguji", "mengukur", "mengurangi", "mengalihkan", "meningkatkan"],
    "Uangnya sama, tetapi barang yang diperoleh berkurang; jadi menggerus berarti mengurangi sedikit demi sedikit.",
  ),
  item(
    "Kosakata/Makna dalam Konteks",
    "UNDERSTAND",
    0.8,
    INFLATION,
    "Frasa “nilai riil” pada kalimat (4) berarti nilai yang ….",
    "D",
    [
      "tertulis di dalam surat perjanjian utang",
      "harus dilunasi beserta seluruh bunganya",
      "diakui oleh pemberi dan penerima utang",
      "diukur menurut barang yang dapat dibeli",
      "dibulatkan agar mudah dihitung kembali",
    ],
    "Ketika harga naik, jumlah nominal utang tetap, tetapi jumlah barang yang setara dengannya berkurang; itulah nilai riil.",
  ),
  item(
    "Teks/Hubungan Antarkalimat",
    "ANALYZE",
    0.3,
    INFLATION,
    "Hubungan kalimat (4) dengan kalimat (3) adalah bahwa kalimat (4) menyatakan ….",
    "A",
    [
      "akibat yang berlawanan bagi pihak yang berbeda",
      "alasan yang membuat kalimat (3) menjadi benar",
      "contoh dari peristiwa umum pada kalimat (3)",
      "simpulan yang ditarik dari kalimat (1) dan (3)",
      "syarat bagi terjadinya peristiwa kalimat (3)",
    ],
    "Kata sebaliknya menandai pertentangan: penerima pendapatan tetap dirugikan, sedangkan orang yang berutang dapat diuntungkan.",
  ),

  item(
    "Teks/Informasi Tersirat",
    "ANALYZE",
    0.6,
    TEMPE,
    "Pembungkus tempe yang paling sesuai dengan penjelasan dalam teks adalah ….",
    "B",
    [
      "stoples kaca yang ditutup rapat",
      "plastik yang ditusuk-tusuk kecil",
      "nampan lebar yang tidak ditutup",
      "kaleng yang seluruh udaranya dibuang",
      "kotak kayu besar tanpa penutup atas",
    ],
    "Kapang perlu udara, tetapi tidak berlebihan. Plastik berlubang kecil memasok udara secukupnya; pilihan lain kedap atau terlalu terbuka.",
  ),
  item(
    "Kosakata/Makna dalam Konteks",
    "UNDERSTAND",
    -1.1,
    TEMPE,
    "Kata “diperam” pada kalimat (2) bermakna ….",
    "E",
    [
      "dijemur hingga kering",
      "dikukus sampai lunak",
      "dicuci berulang kali",
      "digiling hingga halus",
      "disimpan agar matang",
    ],
    "Diperam berarti disimpan beberapa lama supaya menjadi matang; pada tempe, agar kapang tumbuh.",
  ),
  item(
    "Kosakata/Makna dalam Konteks",
    "UNDERSTAND",
    -0.2,
    TEMPE,
    "Kata “kedap” pada kalimat (5) dapat dijelaskan sebagai ….",
    "C",
    ["tembus cahaya", "tahan panas", "tidak tembus udara", "tidak mudah robek", "menyerap cairan"],
    "Kalimat (5) memberi alasan “karena kapang membutuhkan udara”, jadi kedap berarti tidak tembus udara.",
  ),
  item(
    "Teks/Hubungan Antarkalimat",
    "ANALYZE",
    0.2,
    TEMPE,
    "Menurut teks, tempe lebih mudah dicerna daripada kedelai rebus karena ….",
    "D",
    [
      "kedelainya direbus lebih lama sebelum dibungkus",
      "kulit kedelai dibuang sebelum ragi ditaburkan",
      "benang kapang membuat kedelai menjadi padat",
      "sebagian zat gizinya telah diurai oleh enzim",
      "spora kapang menambah kandungan proteinnya",
    ],
    "Kalimat (4) menyebut enzim kapang memecah sebagian protein dan lemak menjadi senyawa yang lebih sederhana.",
  ),

  item(
    "Teks/Gagasan Utama",
    "ANALYZE",
    0.1,
    WALLACE,
    "Judul lain yang paling sesuai dengan isi teks adalah ….",
    "E",
    [
      "Kehidupan Alfred Russel Wallace",
      "Kekayaan Fauna di Pulau Bali dan Lombok",
      "Turunnya Permukaan Laut pada Zaman Es",
      "Kekerabatan Hewan Asia dan Australia",
      "Selat Dalam yang Memisahkan Fauna",
    ],
    "Teks menjelaskan mengapa fauna di dua pulau yang berdekatan berbeda, yaitu karena selat yang dalam; judul lain hanya menyentuh sebagian isi.",
  ),
  item(
    "Kosakata/Konjungsi",
    "UNDERSTAND",
    -0.9,
    WALLACE,
    "Ungkapan “kendati demikian” pada kalimat (2) dapat diganti dengan ….",
    "A",
    ["meskipun begitu", "oleh karena itu", "dengan demikian", "sejalan dengan itu", "selain daripada itu"],
    "Kendati demikian menyatakan pertentangan: selatnya sempit, tetapi perbedaannya mencolok. Padanannya adalah meskipun begitu.",
  ),
  item(
    "Teks/Informasi Tersirat",
    "ANALYZE",
    1.2,
    WALLACE,
    "Pernyataan yang dapat disimpulkan dari kalimat (5) adalah ….",
    "D",
    [
      "selat di timur Bali terbentuk setelah zaman es berakhir",
      "Lombok pernah menyatu dengan Bali ketika laut surut",
      "laut antara Jawa dan Bali lebih dalam daripada di timur Bali",
      "laut antara Jawa dan Bali cukup dangkal sehingga dapat mengering",
      "permukaan laut pada zaman es sama dengan permukaan kini",
    ],
    "Jawa dan Bali menyatu ketika laut turun, jadi laut di antara keduanya cukup dangkal untuk menjadi daratan; selat di timur Bali tidak.",
  ),
  item(
    "Kosakata/Makna dalam Konteks",
    "UNDERSTAND",
    -0.6,
    WALLACE,
    "Kata “membendung” pada kalimat (6) bermakna ….",
    "B",
    ["mengarahkan", "menghalangi", "menampung", "mempercepat", "menyebabkan"],
    "Hewan darat tidak dapat melewati selat; membendung berarti menghalangi.",
  ),

  item(
    "Teks/Gagasan Utama",
    "ANALYZE",
    0.7,
    PALM_LEAF,
    "Hal yang terutama hendak dijelaskan pada kalimat (4)–(7) adalah ….",
    "C",
    [
      "cara merawat lontar agar terhindar dari serangga",
      "alasan lontar akhirnya digantikan oleh kertas",
      "mengapa lontar disalin dan apa akibat penyalinan",
      "kecerobohan para penyalin naskah pada masa lampau",
      "bahan alami yang membuat aksara lontar terbaca",
    ],
    "Lontar rusak sehingga disalin ulang, dan penyalinan menimbulkan perbedaan antarsalinan; itulah alur kalimat (4)–(7).",
  ),
  item(
    "Kosakata/Makna dalam Konteks",
    "UNDERSTAND",
    -0.4,
    PALM_LEAF,
    "Kata “ditoreh” pada kalimat (2) bermakna ….",
    "A",
    ["digores", "dilipat", "dipotong", "dijahit", "ditempel"],
    "Torehan dibuat dengan pisau kecil dan kemudian diisi jelaga; ditoreh berarti digores.",
  ),
  item(
    "Kosakata/Makna dalam Konteks",
    "UNDERSTAND",
    0.3,
    PALM_LEAF,
    "Frasa “membuka celah” pada kalimat (6) berarti ….",
    "E",
    ["mengungkap rahasia", "menambah halaman", "memperbaiki mutu", "menolak perubahan", "memberi peluang"],
    "Penyalinan memberi peluang bagi munculnya kekeliruan; celah dipakai secara kias.",
  ),
  item(
    "Teks/Informasi Tersirat",
    "EVALUATE",
    1.5,
    PALM_LEAF,
    "Sikap yang sejalan dengan teks ketika seorang peneliti menemukan dua salinan naskah yang berbeda adalah ….",
    "B",
    [
      "menganggap salinan yang lebih muda pasti dipalsukan",
      "membandingkan keduanya karena perbedaan itu wajar",
      "memilih salinan yang lebih panjang sebagai yang asli",
      "menyatakan bahwa keduanya bukan naskah yang sama",
      "menolak keduanya sebagai sumber yang dapat dipercaya",
    ],
    "Menurut kalimat (6)–(7), perbedaan antarsalinan lazim terjadi karena kekeliruan dan penyesuaian, jadi perlu dibandingkan, bukan langsung ditolak.",
  ),
];

/** The items of Pengetahuan dan Pemahaman Umum (PPU), in Indonesian. */
export function generalKnowledgeItems(): BankItem[] {
  return numberItems("PPU", "id", DRAFTS);
}
