import type { BankItem } from "./item.js";
import { item, numberItems, passage } from "./written-item.js";

const COMPOST = passage(
  "PBM-T01",
  "Kompos dari Dapur",
  `(1) Sampah rumah tangga di Indonesia banyak yang berupa sisa makanan dan bahan organik lain. (2)
  Bahan itu sebenarnya dapat di olah menjadi kompos di halaman rumah. (3) Caranya mudah […] sisa sayur
  dan buah dicacah, dicampur dengan daun kering, lalu disimpan di dalam wadah berlubang. (4) Campuran
  perlu diaduk secara berkala agar supaya udara masuk. (5) Harga pupuk kimia di pasar cenderung naik
  menjelang musim tanam. (6) […], kelembapannya harus dijaga karena campuran yang terlalu basah akan
  berbau. (7) Setelah beberapa minggu, bahan berubah menjadi remah gelap yang berbau seperti tanah.`,
);

const EARTHQUAKE = passage(
  "PBM-T02",
  "Rumah yang Lentur",
  `(1) Indonesia terletak di pertemuan beberapa lempeng tektonik sehingga sering dilanda gempa bumi.
  (2) Gempa itu sendiri jarang menelan korban; yang sering mencelakai ialah bangunan yang roboh. (3)
  Oleh sebab itu mutu bangunan perlu mendapat perhatian. (4) Kolom, balok, dan pondasi harus terikat
  satu sama lain agar rumah bergerak sebagai satu kesatuan. (5) Rumah kayu tradisional umumnya lentur
  […] sambungannya tidak kaku. (6) Kelenturan itu meredam guncangan yang merambat dari tanah. (7) Bagi
  para pemilik rumah diharapkan memeriksa sambungan tersebut secara berkala. (8) […]`,
);

const PAVEMENT = passage(
  "PBM-T03",
  "Hak Pejalan Kaki",
  `(1) Trotoar sering dianggap sekadar pelengkap jalan raya. (2) Padahal, jalur itu [tentu] keselamatan
  pejalan kaki. (3) Trotoar yang baik lebar, rata, tidak terputus, dan memiliki keteduhan. (4) Ubin
  bertekstur membantu penyandang tunanetra mengenali arah. (5) […], di banyak tempat ubin itu justru
  berujung pada tiang listrik atau lapak pedagang. (6) Kota yang trotoarnya nyaman membuat warganya
  lebih gemar berjalan kaki. (7) Kebiasaan tersebut mengurangi kemacetan serta juga menyehatkan badan.`,
);

const BEES = passage(
  "PBM-T04",
  "Lebah di Kebun Kita",
  `(1) Lebah tidak hanya menghasilkan madu, tetapi juga menyerbuki bunga berbagai tanaman pangan. (2)
  Ketika lebah mengisap nektar, serbuk sari melekat pada rambut-rambut tubuhnya. (3) Serbuk itu lalu
  terbawa ke bunga lain yang dikunjungi nya. (4) Tanpa penyerbuk, hasil panen mangga, alpukat dan
  stroberi dapat merosot. (5) Sayangnya, penggunaan pestisida yang berlebihan mengancam kehidupan
  lebah di kebun. (6) Petani dapat mengurangi ancaman itu dengan menyemprot ketika lebah tidak aktif,
  misalnya menjelang malam. (7) Menanam bunga liar di tepi kebun juga menyediakan makanan bagi lebah.`,
);

const READ_ALOUD = passage(
  "PBM-T05",
  "Membaca Nyaring (kalimat belum berurutan)",
  `(1) Pada usia tersebut, anak belajar dari irama suara, gambar, dan tanggapan pembacanya. (2) Dengan
  bekal itulah anak memasuki sekolah tanpa merasa asing terhadap buku. (3) Membaca nyaring adalah
  kegiatan membacakan buku dengan suara yang jelas kepada anak. (4) Lama-kelamaan, ia pun mulai
  menghubungkan bunyi yang didengar dengan tulisan yang dilihatnya. (5) Kegiatan itu dapat dimulai
  bahkan ketika anak belum mengenal huruf.`,
);

const SALT = passage(
  "PBM-T06",
  "Dari Laut Menjadi Garam",
  `(1) Garam rakyat di Indonesia umumnya dibuat dengan menguapkan air laut di petak-petak tambak. (2)
  Air laut dialirkan oleh petani dari satu petak ke petak lain sampai menjadi pekat. (3) Di petak
  terakhir, air pekat itu [kristal] menjadi butiran garam. (4) Produksi garam sangat bergantung pada
  cuaca. (5) Hujan dimusim kemarau dapat melarutkan kembali garam yang hampir dipanen. (6) Petani lalu
  mencoba berbagai cara untuk meningkatkan mutu, mempercepat panen, dan penghematan lahan. (7) Salah
  satunya ialah melapisi dasar petak dengan geomembran, yaitu lembaran plastik kedap air. (8) Dengan
  lapisan itu, garam menjadi lebih bersih karena tidak bercampur dengan tanah.`,
);

const PHOTOGRAPHS = passage(
  "PBM-T07",
  "Menyelamatkan Foto Keluarga",
  `(1) Foto keluarga sering tersimpan di dalam kardus yang lembab dan gelap. (2) Akibatnya, kertasnya
  berjamur dan gambarnya memudar. (3) Padahal, foto lama dapat menjadi sumber sejarah yang berharga.
  (4) Dari foto semacam itu, kita mengetahui pakaian, rumah, dan alat angkut pada suatu masa. (5) Oleh
  karena itu, foto lama perlu di pindai, lalu disimpan sebagai berkas digital. (6) Nama berkas
  sebaiknya memuat tanggal, tempat, dan nama orang yang terekam. (7) Tanpa keterangan tersebut, foto
  yang terawat baik pun akan sukar dimanfaatkan. (8) Banyak foto-foto keluarga kehilangan maknanya
  karena tidak ada lagi yang mengenali orang di dalamnya.`,
);

const SOLAR = passage(
  "PBM-T08",
  "Listrik dari Matahari",
  `(1) Panel surya mengubah cahaya matahari menjadi listrik tanpa menghasilkan asap. (2) Teknologi ini
  cocok bagi pulau-pulau kecil yang sulit dijangkau jaringan listrik. (3) […] cahaya matahari tidak
  tersedia pada malam hari, listriknya perlu disimpan di dalam baterai. (4) Dibandingkan dengan
  panelnya, baterai lebih cepat aus. (5) Pemerintah desa dan warga perlu bekerjasama merawat kedua alat
  itu. (6) Iuran bulanan dari warga memungkinkan penggantian baterai pada waktunya. (7) Di beberapa
  desa, panel dan baterai yang rusak terbengkalai karena tidak ada yang merasa bertanggung jawab. (8)
  Dengan demikian, keberhasilan listrik surya tidak hanya ditentukan oleh teknologi, […] juga oleh
  pengelolaan.`,
);

const DRAFTS = [
  item(
    "Ejaan/Penulisan Kata",
    "APPLY",
    -1.6,
    COMPOST,
    "Kesalahan penulisan kata pada teks tersebut terdapat dalam kalimat ….",
    "B",
    ["(1)", "(2)", "(4)", "(6)", "(7)"],
    "Bentuk “di olah” harus ditulis serangkai, “diolah”, karena di- merupakan awalan pada kata kerja pasif.",
  ),
  item(
    "Ejaan/Tanda Baca",
    "APPLY",
    -0.2,
    COMPOST,
    "Tanda baca yang tepat untuk mengisi […] pada kalimat (3) adalah ….",
    "D",
    ["titik (.)", "koma (,)", "titik koma (;)", "titik dua (:)", "elipsis (…)"],
    "Titik dua digunakan pada akhir pernyataan lengkap yang diikuti pemerincian atau penjelasan.",
  ),
  item(
    "Kalimat/Kalimat Efektif",
    "EVALUATE",
    -0.7,
    COMPOST,
    "Perbaikan kalimat (4) yang paling tepat adalah ….",
    "A",
    [
      "Campuran perlu diaduk secara berkala agar udara masuk.",
      "Campuran perlu mengaduk secara berkala agar supaya udara masuk.",
      "Campuran perlu diaduk dengan secara berkala supaya udara masuk.",
      "Untuk campuran perlu diaduk secara berkala agar udara masuk.",
      "Campuran perlu diaduk secara berkala agar supaya masuk udara.",
    ],
    "Agar dan supaya bermakna sama sehingga cukup dipakai salah satu; bagian lain kalimat itu sudah benar.",
  ),
  item(
    "Paragraf/Kepaduan",
    "ANALYZE",
    -0.9,
    COMPOST,
    "Kalimat yang sebaiknya dihilangkan agar paragraf tersebut padu adalah kalimat ….",
    "D",
    ["(1)", "(3)", "(4)", "(5)", "(7)"],
    "Kalimat (5) membahas harga pupuk kimia, sedangkan paragraf membahas cara membuat kompos.",
  ),
  item(
    "Kalimat/Konjungsi",
    "APPLY",
    -1.1,
    COMPOST,
    "Ungkapan penghubung yang tepat untuk mengisi […] pada kalimat (6) adalah ….",
    "C",
    ["Akibatnya", "Sebaliknya", "Selain itu", "Oleh karena itu", "Dengan demikian"],
    "Kalimat (6) menambahkan hal lain yang harus dilakukan di samping mengaduk campuran, jadi diperlukan penghubung penambahan.",
  ),

  item(
    "Ejaan/Tanda Baca",
    "APPLY",
    -0.5,
    EARTHQUAKE,
    "Perbaikan ejaan yang diperlukan pada kalimat (3) adalah ….",
    "E",
    [
      "menambahkan koma setelah kata “bangunan”",
      "mengganti kata “oleh” dengan kata “karena”",
      "menulis “oleh sebab itu” dengan tanda hubung",
      "menambahkan titik dua setelah kata “perlu”",
      "menambahkan koma setelah kata “itu”",
    ],
    "Ungkapan penghubung antarkalimat pada awal kalimat diikuti tanda koma: “Oleh sebab itu, mutu bangunan ….”",
  ),
  item(
    "Ejaan/Kata Baku",
    "REMEMBER",
    -0.1,
    EARTHQUAKE,
    "Kata tidak baku pada kalimat (4) dan perbaikannya adalah ….",
    "B",
    ["kolom → kolum", "pondasi → fondasi", "terikat → teringkat", "bergerak → bergrak", "kesatuan → persatuan"],
    "Bentuk baku menurut Kamus Besar Bahasa Indonesia adalah fondasi.",
  ),
  item(
    "Kalimat/Konjungsi",
    "APPLY",
    -1.4,
    EARTHQUAKE,
    "Konjungsi yang tepat untuk mengisi […] pada kalimat (5) adalah ….",
    "A",
    ["karena", "sehingga", "walaupun", "sedangkan", "agar"],
    "Sambungan yang tidak kaku merupakan sebab kelenturan rumah, jadi diperlukan konjungsi sebab.",
  ),
  item(
    "Kalimat/Kalimat Efektif",
    "EVALUATE",
    0.3,
    EARTHQUAKE,
    "Kalimat (7) tidak efektif karena ….",
    "C",
    [
      "tidak memiliki keterangan waktu yang jelas",
      "memakai kata “para” di depan nomina tunggal",
      "subjeknya menjadi kabur oleh kata depan “bagi”",
      "kata “memeriksa” seharusnya berbentuk pasif",
      "kata “tersebut” tidak merujuk pada apa pun",
    ],
    "Kata depan di muka subjek membuat kalimat kehilangan subjek. Perbaikannya: “Para pemilik rumah diharapkan memeriksa ….”",
  ),
  item(
    "Paragraf/Kalimat Penutup",
    "CREATE",
    0.4,
    EARTHQUAKE,
    "Kalimat yang paling tepat untuk mengisi bagian (8) sebagai penutup adalah ….",
    "D",
    [
      "Gempa bumi sering pula disertai tsunami di daerah pesisir.",
      "Kayu jati merupakan bahan bangunan yang mahal harganya.",
      "Jadi, gempa bumi dapat dicegah dengan rumah yang lentur.",
      "Dengan begitu, risiko rumah roboh ketika gempa berkurang.",
      "Akan tetapi, lempeng tektonik terus bergerak setiap tahun.",
    ],
    "Penutup harus menyimpulkan akibat dari mutu dan perawatan bangunan. Gempa tidak dapat dicegah, dan pilihan lain beralih topik.",
  ),

  item(
    "Pembentukan Kata/Imbuhan",
    "APPLY",
    -1.8,
    PAVEMENT,
    "Bentukan kata yang tepat untuk menggantikan [tentu] pada kalimat (2) adalah ….",
    "B",
    ["tertentu", "menentukan", "ketentuan", "penentuan", "ditentukan"],
    "Kalimat memerlukan predikat aktif transitif dengan subjek “jalur itu” dan objek “keselamatan pejalan kaki”, yaitu menentukan.",
  ),
  item(
    "Kalimat/Kesejajaran",
    "EVALUATE",
    0.1,
    PAVEMENT,
    "Agar unsur-unsurnya sejajar, bagian “memiliki keteduhan” pada kalimat (3) sebaiknya diganti menjadi ….",
    "E",
    ["diteduhkan", "keteduhannya", "berketeduhan", "meneduhkan", "teduh"],
    "Unsur lain berupa sifat (lebar, rata, tidak terputus); unsur terakhir perlu dijadikan kata sifat pula.",
  ),
  item(
    "Kalimat/Konjungsi",
    "APPLY",
    -1.2,
    PAVEMENT,
    "Ungkapan penghubung yang tepat untuk mengisi […] pada kalimat (5) adalah ….",
    "A",
    ["Namun", "Misalnya", "Selanjutnya", "Oleh sebab itu", "Dengan demikian"],
    "Kalimat (5) mempertentangkan kegunaan ubin pada kalimat (4) dengan keadaan di lapangan; kata justru memperkuatnya.",
  ),
  item(
    "Paragraf/Penyisipan Kalimat",
    "ANALYZE",
    0.6,
    PAVEMENT,
    "Kalimat “Bagi mereka, halangan seperti itu bukan sekadar gangguan, melainkan bahaya” paling tepat disisipkan setelah kalimat ….",
    "C",
    ["(2)", "(3)", "(5)", "(6)", "(7)"],
    "“Halangan seperti itu” merujuk pada tiang dan lapak dalam kalimat (5), dan “mereka” merujuk pada penyandang tunanetra.",
  ),
  item(
    "Kalimat/Kalimat Efektif",
    "EVALUATE",
    -0.4,
    PAVEMENT,
    "Perbaikan kalimat (7) yang paling tepat adalah ….",
    "B",
    [
      "Kebiasaan tersebut dapat mengurangi kemacetan dan serta menyehatkan badan.",
      "Kebiasaan tersebut mengurangi kemacetan serta menyehatkan badan.",
      "Kebiasaan tersebut mengurangi kemacetan serta juga sehatnya badan.",
      "Dengan kebiasaan tersebut mengurangi kemacetan serta menyehatkan badan.",
      "Kebiasaan tersebut kemacetan berkurang serta menyehatkan badan.",
    ],
    "Serta dan juga dipakai bersama secara mubazir; cukup salah satu. Kata dengan di awal kalimat menghilangkan subjek.",
  ),

  item(
    "Ejaan/Penulisan Kata",
    "APPLY",
    -1.3,
    BEES,
    "Penulisan “dikunjungi nya” pada kalimat (3) seharusnya ….",
    "C",
    ["di kunjungi nya", "di kunjunginya", "dikunjunginya", "dikunjungi-nya", "di-kunjunginya"],
    "Kata ganti -nya ditulis serangkai dengan kata yang mendahuluinya dan awalan di- serangkai dengan kata kerja.",
  ),
  item(
    "Ejaan/Tanda Baca",
    "APPLY",
    0.2,
    BEES,
    "Perbaikan tanda baca yang diperlukan pada kalimat (4) adalah ….",
    "D",
    [
      "menghapus koma setelah kata “penyerbuk”",
      "menambahkan titik dua setelah kata “panen”",
      "mengganti koma setelah “mangga” dengan “dan”",
      "menambahkan koma sebelum kata “dan”",
      "menambahkan koma sebelum kata “dapat”",
    ],
    "Koma dipakai di antara unsur-unsur pemerincian yang lebih dari dua, termasuk sebelum kata dan pada unsur terakhir.",
  ),
  item(
    "Kalimat/Konjungsi",
    "UNDERSTAND",
    0.0,
    BEES,
    "Konjungsi “tidak hanya …, tetapi juga …” pada kalimat (1) dapat diganti dengan ….",
    "A",
    [
      "bukan hanya …, melainkan juga …",
      "bukan hanya …, sedangkan juga …",
      "walaupun hanya …, melainkan juga …",
      "jangankan …, tetapi juga …",
      "entah hanya …, entah juga …",
    ],
    "Pasangan yang setara maknanya adalah bukan hanya …, melainkan juga ….",
  ),
  item(
    "Kalimat/Inti Kalimat",
    "ANALYZE",
    0.5,
    BEES,
    "Inti kalimat (5) adalah ….",
    "E",
    [
      "pestisida berlebihan",
      "pestisida mengancam lebah",
      "penggunaan mengancam kebun",
      "pestisida mengancam kehidupan",
      "penggunaan mengancam kehidupan",
    ],
    "Inti subjek adalah penggunaan, predikatnya mengancam, dan inti objeknya kehidupan; unsur lain hanya menerangkan.",
  ),
  item(
    "Kalimat/Fungsi Sintaksis",
    "ANALYZE",
    0.7,
    BEES,
    "Subjek kalimat (7) adalah ….",
    "B",
    [
      "bunga liar",
      "menanam bunga liar di tepi kebun",
      "bunga liar di tepi kebun juga",
      "makanan bagi lebah",
      "tepi kebun yang menyediakan makanan",
    ],
    "Yang menyediakan makanan adalah kegiatan “menanam bunga liar di tepi kebun”; kelompok kata itulah yang menjadi subjek.",
  ),

  item(
    "Paragraf/Urutan Kalimat",
    "ANALYZE",
    0.3,
    READ_ALOUD,
    "Urutan kalimat yang membentuk paragraf padu adalah ….",
    "D",
    ["(3)-(1)-(5)-(4)-(2)", "(3)-(4)-(2)-(5)-(1)", "(5)-(1)-(3)-(2)-(4)", "(3)-(5)-(1)-(4)-(2)", "(5)-(3)-(4)-(1)-(2)"],
    "Definisi (3) diikuti waktu memulainya (5); “usia tersebut” (1) merujuk ke (5); (4) perkembangannya; “bekal itulah” (2) menutup.",
  ),
  item(
    "Paragraf/Rujukan",
    "ANALYZE",
    0.2,
    READ_ALOUD,
    "Setelah kalimat diurutkan dengan benar, frasa “usia tersebut” pada kalimat (1) merujuk pada usia ketika anak ….",
    "A",
    [
      "belum mengenal huruf",
      "mulai memasuki sekolah",
      "pandai membacakan buku",
      "menghubungkan bunyi dan tulisan",
      "merasa asing terhadap buku",
    ],
    "Kalimat (1) mengikuti kalimat (5) yang menyebut masa ketika anak belum mengenal huruf.",
  ),
  item(
    "Ejaan/Partikel",
    "APPLY",
    0.8,
    READ_ALOUD,
    "Kata “pun” pada kalimat (4) ditulis terpisah. Penulisan “pun” yang juga benar terdapat pada kalimat ….",
    "E",
    [
      "Walau pun hujan, anak itu tetap berangkat.",
      "Siapapun boleh meminjam buku di taman ini.",
      "Ada pun tujuan kegiatan ini ialah berlatih.",
      "Meski pun tipis, buku itu sangat digemari.",
      "Apa pun bukunya, bacakan dengan gembira.",
    ],
    "Partikel pun ditulis terpisah (apa pun, siapa pun), kecuali dalam konjungsi seperti walaupun, adapun, dan meskipun.",
  ),
  item(
    "Kosakata/Pilihan Kata",
    "APPLY",
    -1.0,
    READ_ALOUD,
    "Kata “lama-kelamaan” pada kalimat (4) dapat diganti dengan ….",
    "C",
    ["tiba-tiba", "kadang kala", "lambat laun", "seketika", "sewaktu-waktu"],
    "Lama-kelamaan dan lambat laun sama-sama berarti makin lama makin; keduanya menyatakan perubahan bertahap.",
  ),
  item(
    "Kalimat/Penggabungan Kalimat",
    "CREATE",
    0.9,
    READ_ALOUD,
    "Penggabungan kalimat (3) dan (5) yang efektif adalah ….",
    "B",
    [
      "Membaca nyaring adalah kegiatan membacakan buku kepada anak, dan kegiatan membacakan itu dapat dimulai ketika anak belum mengenal huruf.",
      "Membaca nyaring, yaitu membacakan buku dengan suara yang jelas kepada anak, dapat dimulai bahkan sebelum anak mengenal huruf.",
      "Membaca nyaring yang merupakan kegiatan membacakan buku kepada anak yang dapat dimulai bahkan ketika anak belum mengenal huruf.",
      "Karena membaca nyaring adalah kegiatan membacakan buku dengan suara jelas, maka dapat dimulai ketika anak belum mengenal huruf.",
      "Dengan membaca nyaring, yaitu membacakan buku kepada anak, dapat dimulai bahkan ketika anak tersebut belum mengenal huruf.",
    ],
    "Pilihan benar memiliki subjek dan predikat yang jelas serta tidak mengulang. Yang lain mubazir, tidak berpredikat, mengubah hubungan makna, atau tidak bersubjek.",
  ),

  item(
    "Pembentukan Kata/Imbuhan",
    "APPLY",
    -0.3,
    SALT,
    "Bentukan kata yang tepat untuk menggantikan [kristal] pada kalimat (3) adalah ….",
    "D",
    ["kekristalan", "pengkristalan", "dikristal", "mengkristal", "perkristalan"],
    "Kalimat memerlukan predikat aktif taktransitif yang bermakna ‘menjadi kristal’, yaitu mengkristal.",
  ),
  item(
    "Ejaan/Penulisan Kata",
    "APPLY",
    -1.5,
    SALT,
    "Kesalahan penulisan kata depan terdapat pada kalimat ….",
    "C",
    ["(1)", "(3)", "(5)", "(6)", "(8)"],
    "“Dimusim” pada kalimat (5) seharusnya “di musim” karena di di sini merupakan kata depan.",
  ),
  item(
    "Kalimat/Kesejajaran",
    "EVALUATE",
    -0.1,
    SALT,
    "Agar sejajar, frasa “penghematan lahan” pada kalimat (6) diubah menjadi ….",
    "A",
    ["menghemat lahan", "hematnya lahan", "lahan dihemat", "berhemat dalam lahan", "lahan yang hemat"],
    "Unsur lain berupa kata kerja meng- dengan objek (meningkatkan mutu, mempercepat panen), jadi bentuk yang sejajar adalah menghemat lahan.",
  ),
  item(
    "Kalimat/Aktif-Pasif",
    "APPLY",
    -0.6,
    SALT,
    "Bentuk aktif kalimat (2) yang tepat adalah ….",
    "B",
    [
      "Petani dialirkan air laut dari satu petak ke petak lain sampai pekat.",
      "Petani mengalirkan air laut dari satu petak ke petak lain sampai pekat.",
      "Air laut mengalirkan petani dari satu petak ke petak lain sampai pekat.",
      "Air laut mengalir oleh petani dari satu petak ke petak lain sampai pekat.",
      "Oleh petani mengalirkan air laut dari satu petak ke petak lain sampai pekat.",
    ],
    "Pelaku (petani) menjadi subjek, kata kerja berawalan meng-, dan sasaran (air laut) menjadi objek.",
  ),
  item(
    "Paragraf/Rujukan",
    "ANALYZE",
    -0.8,
    SALT,
    "Kata “salah satunya” pada kalimat (7) merujuk pada salah satu ….",
    "E",
    ["petani garam", "petak tambak", "lembaran plastik", "musim panen garam", "cara pada kalimat (6)"],
    "Melapisi dasar petak merupakan salah satu dari “berbagai cara” yang disebut pada kalimat (6).",
  ),

  item(
    "Ejaan/Kata Baku",
    "REMEMBER",
    0.4,
    PHOTOGRAPHS,
    "Kata tidak baku pada kalimat (1) adalah ….",
    "C",
    ["foto", "tersimpan", "lembab", "kardus", "keluarga"],
    "Bentuk bakunya adalah lembap, dengan huruf p.",
  ),
  item(
    "Ejaan/Penulisan Kata",
    "APPLY",
    -0.7,
    PHOTOGRAPHS,
    "Penulisan “di” pada kata “di pindai” dalam kalimat (5) salah. Penulisan “di” yang benar terdapat pada ….",
    "A",
    ["di mana-mana", "di salin ulang", "di beri nama", "dirumah nenek", "didalam album"],
    "Di pada “di mana-mana” adalah kata depan sehingga dipisah; disalin dan diberi ditulis serangkai, di rumah dan di dalam dipisah.",
  ),
  item(
    "Kalimat/Kalimat Efektif",
    "EVALUATE",
    -0.2,
    PHOTOGRAPHS,
    "Kalimat (8) menjadi efektif apabila ….",
    "E",
    [
      "kata “karena” diganti menjadi “sehingga”",
      "kata “maknanya” diubah menjadi “bermakna”",
      "kata “lagi” ditempatkan pada akhir kalimat",
      "kata “kehilangan” diubah menjadi “dihilangkan”",
      "kata “foto-foto” diubah menjadi “foto”",
    ],
    "Banyak sudah menyatakan jamak sehingga pengulangan foto-foto mubazir.",
  ),
  item(
    "Paragraf/Hubungan Antarkalimat",
    "ANALYZE",
    0.6,
    PHOTOGRAPHS,
    "Fungsi kalimat (4) dalam teks tersebut adalah ….",
    "B",
    [
      "membantah pernyataan pada kalimat (3)",
      "menjelaskan pernyataan pada kalimat (3)",
      "menyebutkan sebab keadaan pada kalimat (2)",
      "menyimpulkan isi kalimat (1), (2), dan (3)",
      "mengajukan cara mengatasi masalah kalimat (1)",
    ],
    "Kalimat (4) merinci mengapa foto lama menjadi sumber sejarah yang berharga, seperti yang dinyatakan kalimat (3).",
  ),
  item(
    "Paragraf/Gagasan Utama",
    "ANALYZE",
    0.1,
    PHOTOGRAPHS,
    "Tujuan utama teks tersebut adalah ….",
    "D",
    [
      "menceritakan kenangan penulis tentang foto keluarganya",
      "menjelaskan penyebab tumbuhnya jamur pada kertas foto",
      "menguraikan sejarah pakaian dan rumah suatu masa",
      "mengajak pembaca merawat dan menyimpan foto lama dengan baik",
      "mempromosikan jasa pemindaian foto kepada pembaca",
    ],
    "Teks menunjukkan masalah, nilai foto lama, dan langkah penyimpanannya; keseluruhannya bersifat ajakan.",
  ),

  item(
    "Kalimat/Konjungsi",
    "APPLY",
    -0.9,
    SOLAR,
    "Kata yang tepat untuk mengisi […] pada kalimat (3) adalah ….",
    "E",
    ["Agar", "Sehingga", "Meskipun", "Padahal", "Karena"],
    "Ketiadaan cahaya pada malam hari merupakan sebab perlunya penyimpanan listrik.",
  ),
  item(
    "Ejaan/Gabungan Kata",
    "APPLY",
    0.0,
    SOLAR,
    "Perbaikan penulisan kata pada kalimat (5) adalah ….",
    "A",
    [
      "bekerjasama → bekerja sama",
      "bekerjasama → bekerja-sama",
      "pemerintah desa → pemerintahdesa",
      "merawat → me-rawat",
      "kedua alat → ke dua alat",
    ],
    "Gabungan kata yang hanya mendapat awalan ditulis terpisah: bekerja sama; yang mendapat awalan dan akhiran sekaligus ditulis serangkai.",
  ),
  item(
    "Kalimat/Konjungsi",
    "APPLY",
    -0.4,
    SOLAR,
    "Kata yang tepat untuk mengisi […] pada kalimat (8) adalah ….",
    "D",
    ["melainkan", "sedangkan", "namun", "tetapi", "maupun"],
    "Pasangan tidak hanya adalah tetapi juga; melainkan berpasangan dengan bukan.",
  ),
  item(
    "Paragraf/Urutan Kalimat",
    "ANALYZE",
    1.1,
    SOLAR,
    "Agar paragraf lebih padu, kalimat (7) sebaiknya dipindahkan ke posisi setelah kalimat ….",
    "C",
    ["(1)", "(2)", "(4)", "(5)", "(8)"],
    "Kalimat (7) menyatakan masalah alat yang rusak: setelah baterai disebut cepat aus (4) dan sebelum ajakan bekerja sama merawatnya (5).",
  ),
  item(
    "Kalimat/Fungsi Sintaksis",
    "ANALYZE",
    0.5,
    SOLAR,
    "Predikat kalimat (6) adalah ….",
    "B",
    ["iuran bulanan", "memungkinkan", "dari warga", "penggantian baterai", "pada waktunya"],
    "Subjeknya “iuran bulanan dari warga”, predikatnya memungkinkan, dan objeknya “penggantian baterai”.",
  ),

  item(
    "Ejaan/Kata Baku",
    "REMEMBER",
    0.7,
    null,
    "Kelompok kata yang seluruhnya baku adalah ….",
    "C",
    [
      "apotik, risiko, izin",
      "praktek, jadwal, nasihat",
      "analisis, antre, silakan",
      "aktifitas, objek, karier",
      "sistem, hirarki, respons",
    ],
    "Bentuk baku kata yang salah adalah apotek, praktik, aktivitas, dan hierarki.",
  ),
  item(
    "Pembentukan Kata/Imbuhan",
    "APPLY",
    1.0,
    null,
    "Kata berimbuhan yang dibentuk sesuai dengan kaidah terdapat pada kalimat ….",
    "E",
    [
      "Banyak warga mengkonsumsi sayur segar.",
      "Cuaca buruk mempengaruhi hasil panen.",
      "Pemandangan di puncak itu mempesona.",
      "Panitia mensukseskan pentas budaya itu.",
      "Beberapa pengamat mengkritik putusan itu.",
    ],
    "Huruf k, t, s, dan p pada awal kata dasar luluh: mengonsumsi, memengaruhi, memesona, menyukseskan. Gugus konsonan seperti kr pada kritik tidak luluh.",
  ),
  item(
    "Ejaan/Huruf Kapital",
    "APPLY",
    0.8,
    null,
    "Penulisan huruf kapital yang benar terdapat pada kalimat ….",
    "A",
    [
      "Paman menanam jeruk bali di kebunnya.",
      "Kapal itu menyusuri sungai Musi pada malam hari.",
      "Ibu membeli gula Jawa dan pisang Ambon.",
      "Rapat diadakan pada hari senin, 3 Juni.",
      "Mereka berbicara dalam Bahasa Indonesia.",
    ],
    "Nama geografi yang menjadi bagian nama jenis ditulis dengan huruf kecil (jeruk bali). Seharusnya Sungai Musi, gula jawa, Senin, dan bahasa Indonesia.",
  ),
  item(
    "Ejaan/Angka dan Singkatan",
    "APPLY",
    1.3,
    null,
    "Penulisan yang sesuai dengan ejaan yang berlaku adalah ….",
    "D",
    [
      "Harga buku itu Rp. 50.000,00.",
      "Ia lahir pada abad ke XX.",
      "Peserta ke dua belum hadir.",
      "Acara dimulai pukul 09.30.",
      "Uangnya tinggal Rp 5.000,-.",
    ],
    "Jam dan menit dipisahkan dengan titik. Seharusnya Rp50.000,00; abad ke-20 atau abad XX; peserta kedua; dan Rp5.000,00.",
  ),
  item(
    "Kalimat/Kalimat Efektif",
    "EVALUATE",
    1.4,
    null,
    "Kalimat yang efektif adalah ….",
    "B",
    [
      "Di dalam rapat itu membahas jadwal ujian.",
      "Rapat itu membahas jadwal ujian akhir bagi siswa kelas XII.",
      "Rapat itu membahas tentang jadwal ujian.",
      "Meskipun hujan, tetapi rapat itu jadi diadakan.",
      "Para hadirin sekalian diminta mengikuti rapat.",
    ],
    "Kalimat lain tidak bersubjek, memakai preposisi mubazir (membahas tentang), konjungsi ganda (meskipun …, tetapi), atau jamak ganda (para hadirin sekalian).",
  ),
  item(
    "Ejaan/Bentuk Terikat",
    "APPLY",
    1.8,
    null,
    "Penulisan bentuk terikat yang benar terdapat pada kalimat ….",
    "C",
    [
      "Pelayaran antar pulau dihentikan sementara.",
      "Ekspor non migas meningkat pada triwulan ini.",
      "Penanganan pascapanen turut menentukan mutu beras.",
      "Kegiatan ekstra kurikuler dimulai pukul tiga.",
      "Semua pihak menolak sikap anti sosial itu.",
    ],
    "Bentuk terikat seperti antar-, non-, pasca-, ekstra-, dan anti- ditulis serangkai dengan kata yang mengikutinya.",
  ),
];

/** The items of Pemahaman Bacaan dan Menulis (PBM), in Indonesian. */
export function readingWritingItems(): BankItem[] {
  return numberItems("PBM", "id", DRAFTS);
}
